import type { Flow } from './model.js';
import type { Problem } from './problem.js';

/** `quantity` devices of a cell for a line; indices of the problem. */
export interface Assignment {
  readonly line: number;
  readonly cell: number;
  readonly quantity: number;
}

/** How far from a whole number the solver's arithmetic may end. */
const TOLERANCE = 1e-5;

/** The solver's columns as assignments, in the order of lines and cells. Null where they are not whole or break a limit. */
export function assignmentsOf(problem: Problem, flows: readonly Flow[], columns: Float64Array | readonly number[]): Assignment[] | null {
  const assignments: Assignment[] = [];
  for (const [index, flow] of flows.entries()) {
    const value = columns[index] ?? Number.NaN;
    const quantity = Math.round(value);
    if (!(Math.abs(value - quantity) <= TOLERANCE)) return null;
    if (quantity > 0) assignments.push({ ...flow, quantity });
  }
  assignments.sort((a, b) => a.line - b.line || a.cell - b.cell);
  return violations(problem, assignments).length === 0 ? assignments : null;
}

/** What is left of every limit once `assignments` are given. */
export class Remaining {
  readonly cells: number[];
  readonly general: number[];
  readonly quotas: number[];
  readonly open: number[];

  constructor(readonly problem: Problem, assignments: readonly Assignment[] = []) {
    this.cells = problem.inputs.cells.map((cell) => cell.free);
    this.general = [...problem.general];
    this.quotas = problem.inputs.structures.map((structure) => structure.quotaLeft ?? Infinity);
    this.open = problem.lines.map((line) => line.input.open);
    for (const assignment of assignments) this.take(assignment);
  }

  take({ line, cell, quantity }: Assignment): void {
    const { urgent, structure } = this.problem.lines[line]!;
    this.cells[cell]! -= quantity;
    if (!urgent) this.general[cell]! -= quantity;
    this.quotas[structure]! -= quantity;
    this.open[line]! -= quantity;
  }

  /** Units that the line could still be given from the cell. */
  ofCell(line: number, cell: number): number {
    const { urgent } = this.problem.lines[line]!;
    return urgent ? this.cells[cell]! : Math.min(this.cells[cell]!, this.general[cell]!);
  }
}

/** Hard limits that are broken: none in a valid answer. */
export function violations(problem: Problem, assignments: readonly Assignment[]): string[] {
  const left = new Remaining(problem, assignments);
  const below = (name: string, values: readonly number[]) => values.flatMap((value, index) => (value < 0 ? [`${name} ${index} exceeded by ${-value}`] : []));
  const foreign = assignments.filter(({ line, cell }) => !problem.lines[line]!.candidates.some((candidate) => candidate.cell === cell));
  return [
    ...below('cell', left.cells),
    ...below('general part of cell', left.general),
    ...below('quota', left.quotas),
    ...below('line', left.open),
    ...foreign.map(({ line, cell }) => `line ${line} may not have cell ${cell}`),
  ];
}

/** Σ gains of the units given, less transport and grade: what a round maximises. */
export function worthOf(problem: Problem, assignments: readonly Assignment[]): number {
  const given = new Map<number, number>();
  let worth = 0;
  for (const { line, cell, quantity } of assignments) {
    worth -= quantity * problem.lines[line]!.candidates.find((candidate) => candidate.cell === cell)!.cost;
    given.set(line, (given.get(line) ?? 0) + quantity);
  }
  for (const [line, units] of given) worth += gainOfFirst(problem, line, units);
  return worth;
}

/** Gain of the first `count` open units of a line. */
export function gainOfFirst(problem: Problem, line: number, count: number): number {
  let gain = 0;
  let left = count;
  for (const units of problem.lines[line]!.units) {
    const taken = Math.min(left, units.count);
    gain += taken * units.gain;
    left -= taken;
  }
  return gain;
}

/** Gain of open unit `index` (from 0); null where the line asks for no more. */
export function gainAt(problem: Problem, line: number, index: number): number | null {
  let before = 0;
  for (const units of problem.lines[line]!.units) {
    before += units.count;
    if (index < before) return units.gain;
  }
  return null;
}
