import { department, kilometres, STOCK_GRADES } from '@lacollecte/contracts';
import { priceOf } from '../price.js';
import type { CellInput, LineInput, RoundInputs } from './inputs.js';
import { gainOfUnit, type Weight, weigh } from './weight.js';

/** A stock cell that a line may be served from. */
export interface Candidate {
  readonly cell: number;
  /** What serving a unit from there takes from its gain. */
  readonly cost: number;
  readonly km: number | null;
}

/** `count` units of a line that gain the same. */
export interface Units {
  readonly gain: number;
  readonly count: number;
}

export interface ProblemLine {
  readonly input: LineInput;
  readonly weight: Weight;
  readonly structure: number;
  /** Cheapest first. */
  readonly candidates: readonly Candidate[];
  /** Falling gains of its open units. */
  readonly units: readonly Units[];
  /** Cells of the right kind that it may not have, by what forbids them. */
  readonly tooDear: readonly number[];
  readonly earmarked: readonly number[];
  readonly urgent: boolean;
}

/** A round as a flow: cells → lines → structures, with falling gains a unit. Indices are those of the inputs. */
export interface Problem {
  readonly inputs: RoundInputs;
  readonly lines: readonly ProblemLine[];
  /** Of each cell, what lines below urgency 4 may have in all. */
  readonly general: readonly number[];
}

export const MOST_URGENT = 4;

export function problemOf(inputs: RoundInputs): Problem {
  const weights = weigh(inputs);
  const structures = new Map(inputs.structures.map((s, index) => [s.structureId, index]));
  const byCategory = Map.groupBy(inputs.cells.keys(), (index) => inputs.cells[index]!.category);
  const general = inputs.cells.map((cell) => cell.free - Math.floor(cell.free * inputs.parameters.reserveShare));
  const lines = inputs.lines.map((input, index): ProblemLine => {
    const structure = structures.get(input.structureId);
    if (structure === undefined) throw new Error(`line ${input.lineId} names structure ${input.structureId}, which is not in the inputs`);
    const weight = weights[index]!;
    const sorted = sortCells(inputs, input, inputs.structures[structure]!.department, byCategory.get(input.category) ?? []);
    return { input, weight, structure, ...sorted, units: unitsOf(inputs.parameters.alpha, weight.weight, input), urgent: input.urgency === MOST_URGENT };
  });
  return { inputs, lines, general };
}

/** Equal gains are one entry: with α = 0 a line is a single one. */
function unitsOf(alpha: number, weight: number, line: LineInput): Units[] {
  const units: { gain: number; count: number }[] = [];
  for (let k = line.served; k < line.served + line.open; k++) {
    const gain = gainOfUnit(weight, alpha, k, line.asked);
    const last = units.at(-1);
    if (last && last.gain === gain) last.count++;
    else units.push({ gain, count: 1 });
  }
  return units;
}

/** Of the cells of a line's category: those it may have at its nearest sites, and those that only its price or an earmark forbid. */
function sortCells(inputs: RoundInputs, line: LineInput, home: string | null, indices: readonly number[]): Pick<ProblemLine, 'candidates' | 'tooDear' | 'earmarked'> {
  const region = department(home)?.region ?? null;
  const least = STOCK_GRADES.indexOf(line.minGrade);
  const good = indices.filter((i) => inputs.cells[i]!.free > 0 && STOCK_GRADES.indexOf(inputs.cells[i]!.grade) >= least);
  const forbidden = (cell: CellInput) => {
    if (cell.earmark !== null && cell.earmark !== region) return 'earmark';
    return line.maxPriceCents !== null && priceOf(inputs.prices, cell.category, cell.grade) > line.maxPriceCents ? 'price' : null;
  };
  const free = good.filter((i) => forbidden(inputs.cells[i]!) === null);
  const near = nearest(inputs, home, free);
  const candidates = free
    .filter((i) => near.has(inputs.cells[i]!.siteId))
    .map((cell): Candidate => {
      const { siteId, grade } = inputs.cells[cell]!;
      const km = near.get(siteId) ?? null;
      return { cell, km, cost: transport(inputs, km) + (STOCK_GRADES.indexOf(grade) - least) * inputs.parameters.gradeCost };
    })
    .sort((a, b) => a.cost - b.cost || a.cell - b.cell);
  return {
    candidates,
    tooDear: good.filter((i) => forbidden(inputs.cells[i]!) === 'price'),
    earmarked: good.filter((i) => forbidden(inputs.cells[i]!) === 'earmark'),
  };
}

/** An unknown place counts as the farthest. */
function transport({ parameters }: RoundInputs, km: number | null): number {
  return km === null ? parameters.transportCap : Math.min(km * parameters.kmCost, parameters.transportCap);
}

/** The nearest sites that have something for the line, with their distance; ties by the order of the inputs. */
function nearest(inputs: RoundInputs, home: string | null, cells: readonly number[]): Map<string, number | null> {
  const sites = new Map(cells.map((i) => [inputs.cells[i]!.siteId, kilometres(inputs.cells[i]!.department, home)]));
  const sorted = [...sites].sort(([, a], [, b]) => (a ?? Infinity) - (b ?? Infinity) || 0);
  return new Map(sorted.slice(0, inputs.parameters.nearestSites));
}
