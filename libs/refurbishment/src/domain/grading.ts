import { type Category, DomainError, type Grade, GRADES } from '@lacollecte/contracts';
import { atWork, type Device, type Grading, isStockGrade, type Outcome, settle, UNCHANGED } from './device.js';
import { equal } from './equal.js';
import { DRIVE_KINDS, hasInternalStorage, needsDrive } from './drives.js';
import { fits, refuse } from './steps.js';

/** A figure or kind that a rule set may ask for. */
export type Fact = number | string;
export type Facts = Readonly<Record<string, Fact | null | undefined>>;

/** All of what is stated must hold. */
export interface Condition {
  readonly input: string;
  readonly in?: readonly Fact[];
  readonly atLeast?: number;
  readonly below?: number;
}

/** Pairs of (value, points), by rising value. */
type Table = readonly (readonly [number, number])[];
/** Points that are added up, where all of `when` holds. */
export type Term = { readonly when?: readonly Condition[] } & (
  | { readonly kind: 'steps'; readonly input: string; readonly table: Table }
  | { readonly kind: 'linear'; readonly input: string; readonly table: Table }
  | { readonly kind: 'constant'; readonly points: number }
  | { readonly kind: 'value'; readonly input: string }
);

/** What an input may be; `optional`: counts as 0 where nobody said it. `roundUpTo`: as installed, where tools see less. */
export interface InputRule {
  readonly from?: number;
  readonly to?: number;
  readonly oneOf?: readonly Fact[];
  readonly roundUpTo?: readonly number[];
  readonly optional?: boolean;
}

/** How a device is graded: sum of terms, times a percentage, into bands, under caps. Data: kept in `rule_set`, never in code. */
export interface Scheme {
  readonly inputs: Readonly<Record<string, InputRule>>;
  readonly terms: readonly Term[];
  /** × (1 + input / 100). */
  readonly percent?: string;
  /** The first band that the total is below; `top` where none. */
  readonly bands: readonly { readonly below: number; readonly grade: Grade }[];
  readonly top: Grade;
  readonly caps: readonly { readonly when: readonly Condition[]; readonly atMost: Grade }[];
}

export interface RuleSet {
  readonly id: string;
  readonly categories: readonly Category[];
  readonly scheme: Scheme;
}

export interface DatedRuleSet extends RuleSet {
  /** Day in Paris from which it counts, `2026-01-01`. */
  readonly validFrom: string;
}

function holds(conditions: readonly Condition[] | undefined, facts: Facts): boolean {
  return (conditions ?? []).every(({ input, in: among, atLeast, below }) => {
    const fact = facts[input];
    if (fact === null || fact === undefined) return false;
    if (among && !among.includes(fact)) return false;
    if (atLeast !== undefined && !(Number(fact) >= atLeast)) return false;
    return below === undefined || Number(fact) < below;
  });
}

/** The largest entry not above the value; below the first, 0. */
function stepsOf(table: Table, value: number): number {
  return table.findLast(([from]) => from <= value)?.[1] ?? 0;
}

/** Straight lines between the entries, level outside them. */
function linear(table: Table, value: number): number {
  const after = table.findIndex(([from]) => from > value);
  if (after === 0) return table[0]![1];
  if (after < 0) return table.at(-1)![1];
  const [x0, y0] = table[after - 1]!;
  const [x1, y1] = table[after]!;
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}

function pointsOf(term: Term, facts: Facts): number {
  if (!holds(term.when, facts)) return 0;
  if (term.kind === 'constant') return term.points;
  const value = Number(facts[term.input]);
  return term.kind === 'value' ? value : term.kind === 'steps' ? stepsOf(term.table, value) : linear(term.table, value);
}

/** Inputs as the rule set takes them: rounded to what is installed, 0 where they may be left out. */
function prepared(scheme: Scheme, facts: Facts): Facts {
  const missing: string[] = [];
  const unfit: string[] = [];
  const entries = Object.entries(scheme.inputs).map(([name, rule]): [string, Fact] => {
    const fact = facts[name] ?? (rule.optional ? 0 : null);
    if (fact === null) missing.push(name);
    else if ((rule.oneOf && !rule.oneOf.includes(fact)) || Number(fact) < (rule.from ?? -Infinity) || Number(fact) > (rule.to ?? Infinity)) unfit.push(name);
    return [name, rule.roundUpTo?.find((size) => size >= Number(fact)) ?? fact ?? 0];
  });
  const fields = [...missing.map((name) => ({ pointer: `/${name}`, code: 'grading-input-missing' })), ...unfit.map((name) => ({ pointer: `/${name}`, code: 'grading-input-unfit' }))];
  if (missing.length > 0) throw new DomainError('grading-input-missing', { inputs: missing.join(', ') }, fields);
  if (unfit.length > 0) throw new DomainError('grading-input-unfit', { inputs: unfit.join(', ') }, fields);
  return Object.fromEntries(entries);
}

const rank = (grade: Grade): number => GRADES.indexOf(grade);

/** Grade and total of some facts by a rule set; `cappedAt` where a cap lowered it. */
export function evaluate(scheme: Scheme, given: Facts): { total: number; grade: Grade; cappedAt: Grade | null } {
  const facts = prepared(scheme, given);
  const sum = scheme.terms.reduce((points, term) => points + pointsOf(term, facts), 0);
  const scaled = scheme.percent === undefined ? sum : sum * (1 + Number(facts[scheme.percent]) / 100);
  // Sums of decimals: 306.99999999999994 is 307.
  const total = Math.round(scaled * 1e6) / 1e6;
  const earned = scheme.bands.find((band) => total < band.below)?.grade ?? scheme.top;
  const caps = scheme.caps.filter((cap) => holds(cap.when, facts)).map((cap) => cap.atMost);
  const grade = caps.reduce((best, cap) => (rank(cap) < rank(best) ? cap : best), earned);
  return { total, grade, cappedAt: grade === earned ? null : grade };
}

/** Of several drives: the fastest kind, then the largest. */
function diskOf(device: Device): { diskKind: string; diskGb: number } {
  const present = device.drives.filter((drive) => drive.present && drive.kind !== 'internal');
  const [best] = [...present].sort((a, b) => DRIVE_KINDS.indexOf(a.kind) - DRIVE_KINDS.indexOf(b.kind) || b.sizeGb - a.sizeGb);
  return best ? { diskKind: best.kind, diskGb: best.sizeGb } : { diskKind: 'none', diskGb: 0 };
}

export function factsOf(device: Device, adjustments: Readonly<Record<string, number>>): Facts {
  const { cpuMark, ramGb, benchmark, storageGb } = device.hardware ?? {};
  const storage = hasInternalStorage(device.category) ? { storageGb } : {};
  return { ...adjustments, cpuMark, ramGb, benchmark, ...storage, ...diskOf(device) };
}

/**
 * Grades by the rule set in force. D and HC are kept but leave the check open, for they never become stock: the device is
 * rejected, or repaired or diagnosed anew and graded again.
 */
export function grade(device: Device, adjustments: Readonly<Record<string, number>>, rules: RuleSet, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'grade');
  if (!device.diagnosed) throw new DomainError('diagnosis-first', { label: device.label });
  if (!device.tested) throw new DomainError('test-first', { label: device.label });
  if (needsDrive(device)) throw new DomainError('drive-needed', { label: device.label });
  const stated = new Set(rules.scheme.terms.flatMap((term) => ('input' in term ? [term.input] : [])).concat(rules.scheme.percent ?? []));
  const unknown = Object.keys(adjustments).filter((name) => !stated.has(name));
  if (unknown.length > 0) throw new DomainError('grading-input-unfit', { inputs: unknown.join(', ') }, unknown.map((name) => ({ pointer: `/adjustments/${name}`, code: 'grading-input-unfit' })));
  const result = evaluate(rules.scheme, factsOf(device, adjustments));
  const grading: Grading = { ...result, ruleSet: rules.id, adjustments };
  if (equal(device.grading, grading)) return UNCHANGED;
  if (device.graded) refuse(device, 'grade');
  const graded = { ...atWork(device), graded: isStockGrade(grading.grade), grading };
  return settle(graded, [{ event: 'DeviceGraded', grade: grading.grade, ruleSet: rules.id }], at);
}
