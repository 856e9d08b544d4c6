import type { Category } from '@lacollecte/contracts';

/** What a year of use gained saves, in kg CO2e, as FACTOR_SOURCE has it; categories without a published figure are left out, and said so. */
export const FACTORS: Readonly<Partial<Record<Category, number>>> = { laptop: 27, smartphone: 24.6 };
export const FACTOR_VERSION = '2022';
export const FACTOR_SOURCE = 'ADEME, 2022';

export interface Impact {
  readonly kg: number;
  /** Devices that a factor is known for. */
  readonly counted: number;
  readonly uncounted: number;
}

/** @param delivered devices by category, each counted once, at delivery */
export function impactOf(delivered: readonly { readonly category: string; readonly devices: number }[], years: number): Impact {
  let [kg, counted, uncounted] = [0, 0, 0];
  for (const { category, devices } of delivered) {
    const factor = FACTORS[category as Category];
    if (factor === undefined) uncounted += devices;
    else {
      counted += devices;
      kg += devices * factor * years;
    }
  }
  return { kg: Math.round(kg * 10) / 10, counted, uncounted };
}
