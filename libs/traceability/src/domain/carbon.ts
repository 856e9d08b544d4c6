import type { Category } from '@lacollecte/contracts';

/** Named wherever kilograms of CO2e are shown. */
export const CARBON = { source: 'ADEME', version: '2022', yearsGained: 3 } as const;

/** Kilograms of CO2e that a year of use gained avoids. Of other categories there is no factor, and nothing is counted. */
const KG_A_YEAR: Partial<Record<Category, number>> = { laptop: 27, smartphone: 24.6 };

export interface Carbon {
  /** Of one device and one year; null where there is none. */
  readonly kgPerYear: number | null;
  readonly kg: number;
}

/** What this many delivered devices of a category avoid; counted once, at delivery. */
export function carbonOf(category: string, delivered: number): Carbon {
  const kgPerYear = KG_A_YEAR[category as Category] ?? null;
  return { kgPerYear, kg: Math.round((kgPerYear ?? 0) * CARBON.yearsGained * delivered * 10) / 10 };
}
