import type { Category, StockGrade } from '@lacollecte/contracts';

/** Prices in euro cents by category and grade, and the most a category may cost; in force from a date until a newer one is. */
export interface PriceTable {
  readonly prices: Readonly<Record<Category, Readonly<Record<StockGrade, number>>>>;
  readonly caps: Readonly<Record<Category, number>>;
}

const BY_GRADE = { C: 5000, B: 8000, A: 12000, PREMIUM: 15000 };

/** Prices (a); caps of the decree, tax included. An all-in-one counts as a desktop set, a plain phone as a smartphone, an accessory as a screen (a). */
export const FIRST_PRICE_TABLE: PriceTable = {
  prices: {
    laptop: BY_GRADE, desktop: BY_GRADE, 'all-in-one': BY_GRADE, monitor: BY_GRADE, smartphone: BY_GRADE,
    tablet: BY_GRADE, phone: BY_GRADE, printer: BY_GRADE, accessory: BY_GRADE,
  },
  caps: {
    laptop: 18000, desktop: 15000, 'all-in-one': 15000, monitor: 3000, smartphone: 10000,
    tablet: 10000, phone: 10000, printer: 3000, accessory: 3000,
  },
};

/** What a device costs the structure, in cents. The system takes no money: it only shows this. */
export function priceOf(table: PriceTable, category: Category, grade: StockGrade): number {
  return Math.min(table.prices[category][grade], table.caps[category]);
}
