import type { InFlight } from './flow-rules.js';
import type { RuleResult } from './rule.js';

export interface Report {
  readonly rules: readonly RuleResult[];
  readonly inFlight: readonly InFlight[];
}

/** Older than this and not parked, an event should have arrived. */
export const LATE_SECONDS = 60;

/** 0: all holds. 1: a violation, a rule that examined nothing, or an event that is late. 2: events are parked. */
export function exitCode({ rules, inFlight }: Report, allowEmpty: boolean): 0 | 1 | 2 {
  if (rules.some((rule) => rule.violated > 0 || isEmpty(rule, allowEmpty))) return 1;
  if (inFlight.some(isLate)) return 1;
  return inFlight.some((event) => event.where === 'parked') ? 2 : 0;
}

function isEmpty(rule: RuleResult, allowEmpty: boolean): boolean {
  return rule.examined === 0 && !allowEmpty;
}

function isLate(event: InFlight): boolean {
  return event.where !== 'parked' && event.ageSeconds > LATE_SECONDS;
}

const INDENT = ' '.repeat(11);
const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

/** For people: a line a rule with its violations below it, what is in flight, and the verdict. */
export function toText(report: Report, allowEmpty: boolean): string {
  const lines: string[] = [];
  const width = Math.max(...report.rules.map((rule) => rule.name.length));
  const examinedWidth = Math.max(...report.rules.map((rule) => rule.examined.toLocaleString('en').length));
  for (const where of new Set(report.rules.map((rule) => rule.where))) {
    lines.push(where);
    for (const rule of report.rules.filter((one) => one.where === where)) {
      const verdict = rule.violated > 0 ? 'VIOLATED' : isEmpty(rule, allowEmpty) ? 'EMPTY' : 'ok';
      const more = [rule.violated > 0 ? count(rule.violated, 'violation') : '', rule.excused > 0 ? `${rule.excused.toLocaleString('en')} excused by events in flight` : ''];
      lines.push([`  ${verdict.padEnd(8)} ${rule.name.padEnd(width)}  ${rule.examined.toLocaleString('en').padStart(examinedWidth)} examined`, ...more.filter(Boolean)].join(', '));
      if (rule.violated > 0) lines.push(...violationText(rule));
    }
  }
  return [...lines, ...flightText(report.inFlight), '', verdictText(report, allowEmpty)].join('\n');
}

function violationText({ says, violations, violated }: RuleResult): string[] {
  const more = violated - violations.length;
  return [`${INDENT}${says}`, ...violations.map(({ id, detail }) => `${INDENT}${id}: ${detail}`), ...(more > 0 ? [`${INDENT}and ${more.toLocaleString('en')} more`] : [])];
}

function flightText(inFlight: readonly InFlight[]): string[] {
  if (inFlight.length === 0) return ['in flight: nothing'];
  const groups = new Map<string, InFlight[]>();
  for (const event of inFlight) {
    const name = `${event.from} → ${event.to}  ${event.type.split('.').slice(3).join('.') || event.type}`;
    groups.set(`${event.where} ${name}`, [...(groups.get(`${event.where} ${name}`) ?? []), event]);
  }
  return [
    'in flight',
    ...[...groups].map(([name, events]) => {
      const late = events.filter(isLate).length;
      const oldest = Math.round(Math.max(...events.map((event) => event.ageSeconds)));
      return `  ${late > 0 ? 'LATE' : events[0]!.where === 'parked' ? 'PARKED' : 'ok'}`.padEnd(11) + `${name}: ${count(events.length, 'event')}, the oldest ${count(oldest, 'second')}`;
    }),
  ];
}

function verdictText(report: Report, allowEmpty: boolean): string {
  const { rules, inFlight } = report;
  const broken = rules.filter((rule) => rule.violated > 0).length;
  const nothing = rules.filter((rule) => rule.examined === 0).length;
  const empty = allowEmpty ? 0 : nothing;
  const late = inFlight.filter(isLate).length;
  const parked = inFlight.filter((event) => event.where === 'parked').length;
  const examined = rules.reduce((sum, rule) => sum + rule.examined, 0);
  const troubles = [
    broken > 0 && `${broken} of ${count(rules.length, 'rule')} violated`,
    empty > 0 && `${count(empty, 'rule')} had nothing to examine (--allow-empty accepts that)`,
    late > 0 && `${count(late, 'event')} in flight for more than ${LATE_SECONDS} seconds`,
    parked > 0 && `${count(parked, 'event')} parked: look at /api/{service}/parked`,
  ].filter(Boolean);
  return troubles.length > 0 ? troubles.join('; ') : `All ${count(rules.length, 'rule')} hold (${count(examined, 'row')} examined${nothing > 0 ? `; ${count(nothing, 'rule')} had nothing to examine` : ''}).`;
}

/** For programs: rule → violations, and what is in flight. */
export function toJson(report: Report, allowEmpty: boolean): object {
  const by = (value: (rule: RuleResult) => number) => Object.fromEntries(report.rules.map((rule) => [`${rule.where}: ${rule.name}`, value(rule)]));
  return {
    exitCode: exitCode(report, allowEmpty),
    invariants: by((rule) => rule.violated),
    examined: by((rule) => rule.examined),
    excused: by((rule) => rule.excused),
    violations: report.rules.flatMap((rule) => rule.violations.map((violation) => ({ rule: rule.name, where: rule.where, ...violation }))),
    inFlight: report.inFlight,
  };
}
