import { type Category, department, type StockGrade } from '@lacollecte/contracts';
import { priceOf } from '../price.js';
import { type Problem, type ProblemLine } from './problem.js';
import { type Assignment, gainAt, gainOfFirst, Remaining } from './solution.js';

/** What kept a line from more. `cost`: transport and grade outweigh the gain (only with figures that operations raised). */
export const LIMITS = ['none', 'quota', 'stock', 'reserve', 'price', 'earmark', 'no-stock', 'cost'] as const;
export type LimitCode = (typeof LIMITS)[number];

export interface Limit {
  readonly code: LimitCode;
  readonly grade?: StockGrade;
  readonly siteId?: string;
  /** Préfecture of the site's département. */
  readonly place?: string;
  /** `price`: the cheapest that it did not want to pay. `quota`: what was left of it before the round. */
  readonly priceCents?: number;
  readonly left?: number;
}

/** Why a line got what it got, as data; `sentence()` puts it in words. */
export interface Explanation {
  readonly lineId: string;
  readonly structureId: string;
  readonly category: Category;
  readonly minGrade: StockGrade;
  readonly asked: number;
  readonly servedBefore: number;
  readonly given: number;
  readonly urgency: number;
  readonly waitingDays: number;
  readonly deficit: number;
  readonly weight: number;
  /** Of the units given, less transport and grade. */
  readonly gain: number;
  /** Of the first unit it did not get; null when it got all. */
  readonly nextGain: number | null;
  readonly from: readonly { readonly siteId: string; readonly place: string | null; readonly grade: StockGrade; readonly quantity: number; readonly km: number | null; readonly priceCents: number }[];
  /** The stock it competed for: how many other lines wanted how many of how few, and the least gain that still got one. */
  readonly competition: { readonly siteId: string; readonly grade: StockGrade; readonly lines: number; readonly wanted: number; readonly available: number; readonly leastGain: number | null } | null;
  /** What bound it, the first decisive; `none` when it got all. */
  readonly limits: readonly Limit[];
}

/** One explanation a line, in the order of the inputs. */
export function explain(problem: Problem, assignments: readonly Assignment[]): Explanation[] {
  const left = new Remaining(problem, assignments);
  const ofLine = Map.groupBy(assignments, (assignment) => assignment.line);
  const cells = cellDemand(problem, assignments, ofLine);
  return problem.lines.map((line, l) => {
    const { input, weight } = line;
    const mine = ofLine.get(l) ?? [];
    const given = sum(mine);
    const limits = limitsOf(problem, left, l, given);
    const contested = line.candidates.find(({ cell }) => left.ofCell(l, cell) <= 0) ?? line.candidates[0];
    const demand = contested && cells[contested.cell]!;
    return {
      lineId: input.lineId, structureId: input.structureId, category: input.category, minGrade: input.minGrade,
      asked: input.asked, servedBefore: input.served, given, urgency: input.urgency, waitingDays: input.waitingDays,
      deficit: round(weight.deficit), weight: round(weight.weight),
      gain: round(gainOfFirst(problem, l, given) - mine.reduce((total, { cell, quantity }) => total + quantity * costOf(line, cell), 0)),
      nextGain: given < input.open ? round(gainAt(problem, l, given) ?? 0) : null,
      from: mine.map(({ cell, quantity }) => {
        const { siteId, grade, category, department: code } = problem.inputs.cells[cell]!;
        const km = line.candidates.find((candidate) => candidate.cell === cell)?.km ?? null;
        return { siteId, grade, quantity, km, place: department(code)?.prefecture ?? null, priceCents: priceOf(problem.inputs.prices, category, grade) };
      }),
      competition: contested && demand ? {
        siteId: problem.inputs.cells[contested.cell]!.siteId, grade: problem.inputs.cells[contested.cell]!.grade,
        lines: demand.lines - 1, wanted: demand.wanted - input.open, available: problem.inputs.cells[contested.cell]!.free,
        leastGain: demand.leastGain === null ? null : round(demand.leastGain),
      } : null,
      limits,
    };
  });
}

function limitsOf(problem: Problem, left: Remaining, l: number, given: number): Limit[] {
  const line = problem.lines[l]!;
  if (given === line.input.open) return [{ code: 'none' }];
  const limits: Limit[] = [];
  const cellOf = (index: number) => problem.inputs.cells[index]!;
  if (left.quotas[line.structure]! <= 0) limits.push({ code: 'quota', left: problem.inputs.structures[line.structure]!.quotaLeft ?? 0 });
  const nearest = line.candidates[0];
  if (nearest && limits.length === 0 && line.candidates.some(({ cell }) => left.ofCell(l, cell) > 0)) limits.push({ code: 'cost' });
  const spent = line.candidates.every(({ cell }) => left.ofCell(l, cell) <= 0);
  if (nearest && spent) {
    const { siteId, grade, department: code } = cellOf(nearest.cell);
    const kept = line.candidates.some(({ cell }) => left.cells[cell]! > 0);
    limits.push({ code: kept ? 'reserve' : 'stock', grade, siteId, place: department(code)?.prefecture });
  }
  const dear = line.tooDear.filter((cell) => left.ofCell(l, cell) > 0);
  if (dear.length > 0) limits.push({ code: 'price', priceCents: Math.min(...dear.map((cell) => priceOf(problem.inputs.prices, cellOf(cell).category, cellOf(cell).grade))) });
  if (line.earmarked.some((cell) => left.ofCell(l, cell) > 0)) limits.push({ code: 'earmark' });
  return limits.length > 0 ? limits : [{ code: 'no-stock', grade: line.input.minGrade }];
}

interface Demand {
  lines: number;
  wanted: number;
  leastGain: number | null;
}

/** Of each cell: lines that might have it, what they want, and the least last gain among those it went to. */
function cellDemand(problem: Problem, assignments: readonly Assignment[], ofLine: ReadonlyMap<number, readonly Assignment[]>): Demand[] {
  const demand = problem.inputs.cells.map((): Demand => ({ lines: 0, wanted: 0, leastGain: null }));
  for (const line of problem.lines) {
    for (const { cell } of line.candidates) {
      demand[cell]!.lines++;
      demand[cell]!.wanted += line.input.open;
    }
  }
  for (const { line, cell } of assignments) {
    const last = (gainAt(problem, line, sum(ofLine.get(line) ?? []) - 1) ?? 0) - costOf(problem.lines[line]!, cell);
    demand[cell]!.leastGain = Math.min(demand[cell]!.leastGain ?? Infinity, last);
  }
  return demand;
}

function costOf(line: ProblemLine, cell: number): number {
  return line.candidates.find((candidate) => candidate.cell === cell)?.cost ?? 0;
}

function sum(assignments: readonly Assignment[]): number {
  return assignments.reduce((total, { quantity }) => total + quantity, 0);
}

/** Shown figures: four decimals. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
