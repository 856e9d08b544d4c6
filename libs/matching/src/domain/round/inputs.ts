import type { Category, StockGrade } from '@lacollecte/contracts';
import type { PriceTable } from '../price.js';

/** The estimates a round works with; kept with it. */
export interface RoundParameters {
  /** 0 most devices, 1 proportional, 2 more equal. */
  readonly alpha: number;
  readonly kmCost: number;
  readonly gradeCost: number;
  /** The most that transport takes from a unit, so that distance alone leaves none unserved, overseas included. */
  readonly transportCap: number;
  /** Part of each cell's free count that only urgency 4 may have. */
  readonly reserveShare: number;
  readonly nearestSites: number;
}

export interface LineInput {
  readonly lineId: string;
  readonly needId: string;
  readonly structureId: string;
  readonly category: Category;
  readonly minGrade: StockGrade;
  /** What it asks for in all, less what was cancelled. */
  readonly asked: number;
  /** Promised, on the way or delivered already: the next unit counts from here. */
  readonly served: number;
  readonly open: number;
  readonly urgency: number;
  /** Whole days since the need was stated. */
  readonly waitingDays: number;
  readonly maxPriceCents: number | null;
}

export interface StructureInput {
  readonly structureId: string;
  readonly department: string | null;
  /** Devices it may still be given this quarter; null: no quota. */
  readonly quotaLeft: number | null;
  readonly peopleServed: number | null;
  /** Devices delivered to it in the last 12 months. */
  readonly received: number;
}

export interface CellInput {
  readonly siteId: string;
  readonly department: string | null;
  readonly category: Category;
  readonly grade: StockGrade;
  readonly earmark: string | null;
  readonly free: number;
}

/** Everything a round decides from, and nothing else: the same inputs give the same answer. */
export interface RoundInputs {
  readonly at: string;
  readonly parameters: RoundParameters;
  /** By line id. */
  readonly lines: readonly LineInput[];
  /** By structure id. */
  readonly structures: readonly StructureInput[];
  /** By site, category, grade, earmark. */
  readonly cells: readonly CellInput[];
  readonly prices: PriceTable;
}
