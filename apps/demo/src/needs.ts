import type { Category, StockGrade } from '@lacollecte/contracts';
import { Random } from './random.js';

/** Together the structures ask for this much of what is ready: scarcity, so that fairness shows. */
const ASKED_SHARE = 1.2;
/** The part that is urgent: what only urgency 4 may have (a) is asked for, too. */
const URGENT_SHARE = 0.12;
const MOST_OF_A_LINE = 500;

export interface PlannedLine {
  readonly category: Category;
  readonly minGrade: StockGrade;
  readonly quantity: number;
  readonly urgency: number;
  readonly public: string;
}

/** What one structure asks for; `structure` is its place among them. */
export interface PlannedNeed {
  readonly structure: number;
  readonly urgent: boolean;
  readonly lines: readonly PlannedLine[];
}

/** Structures in need: thirty, and more of them for a longer list. */
export function structuresFor(ready: number): number {
  return Math.min(60, Math.max(30, Math.ceil(ready / 60)));
}

/**
 * The needs of all structures, the urgent one last. Small ones are many and large ones few: units are dealt one by one, the most
 * common category first, to whoever has nothing yet and then to whoever has least for its size.
 * @param ready devices by category
 * @param limits most that each structure may ask for, null: any number
 */
export function planNeeds(ready: ReadonlyMap<Category, number>, limits: readonly (number | null)[], seed: number): PlannedNeed[] {
  const urgent = limits.findLastIndex((limit) => limit === null);
  const sizes = limits.map((_, structure) => new Random(seed, 'need', structure).logNormal(8, 0.7));
  const asked = limits.map(() => new Map<string, PlannedLine>());
  const given = limits.map(() => 0);
  const give = (structure: number, category: Category, quantity: number, urgency: number | null): void => {
    const key = `${category} ${urgency}`;
    const line = asked[structure]!.get(key) ?? { ...wish(structure, category, urgency, seed), quantity: 0 };
    asked[structure]!.set(key, { ...line, quantity: line.quantity + quantity });
    given[structure]! += quantity;
  };
  for (const [category, units] of unitsOf(ready).toSorted((a, b) => b[1] - a[1])) {
    const atOnce = urgent < 0 ? 0 : Math.min(units, MOST_OF_A_LINE, Math.ceil((ready.get(category) ?? 0) * URGENT_SHARE));
    if (atOnce > 0) give(urgent, category, atOnce, 4);
    for (let left = units - atOnce; left > 0; left--) {
      const next = hungriest(sizes, given, (structure) => structure !== urgent && given[structure]! < (limits[structure] ?? Infinity) && (asked[structure]!.get(`${category} null`)?.quantity ?? 0) < MOST_OF_A_LINE);
      if (next === undefined) break;
      give(next, category, 1, null);
    }
  }
  const needs = asked.map((lines, structure): PlannedNeed => ({ structure, urgent: structure === urgent, lines: [...lines.values()] }));
  return needs.filter(({ lines }) => lines.length > 0).toSorted((a, b) => Number(a.urgent) - Number(b.urgent) || a.structure - b.structure);
}

/** 1.2 × the whole, each category its part. */
function unitsOf(ready: ReadonlyMap<Category, number>): [Category, number][] {
  let before = 0;
  let sum = 0;
  return [...ready].map(([category, count]) => {
    sum += count;
    const units = Math.round(sum * ASKED_SHARE) - before;
    before += units;
    return [category, units];
  });
}

function hungriest(sizes: readonly number[], given: readonly number[], mayHave: (structure: number) => boolean): number | undefined {
  const served = (structure: number): number => (given[structure] === 0 ? 0 : (given[structure]! + 1) / sizes[structure]!);
  let best: number | undefined;
  for (let structure = 0; structure < sizes.length; structure++) {
    if (!mayHave(structure)) continue;
    if (best === undefined || served(structure) < served(best)) best = structure;
  }
  return best;
}

const PUBLICS = ['families', 'students', 'school-dropouts', 'great-precarity', 'job-seekers', 'seniors'] as const;

/** Most take what is good enough. */
function wish(structure: number, category: Category, urgency: number | null, seed: number): Omit<PlannedLine, 'quantity'> {
  const random = new Random(seed, 'wish', structure, category);
  const minGrade = random.pick<StockGrade>([[78, 'C'], [17, 'B'], [5, 'A']]);
  const common = random.pick([[25, 3], [45, 2], [30, 1]]);
  return { category, minGrade: urgency === 4 ? 'C' : minGrade, urgency: urgency ?? common, public: PUBLICS[random.below(PUBLICS.length)]! };
}
