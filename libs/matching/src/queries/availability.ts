import { CATEGORIES, type Category, STOCK_GRADES, type StockGrade } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { z } from 'zod';
import { type PriceTable, priceOf } from '../domain/price.js';
import { matchingSettings } from '../settings.js';
import { readPriceTable } from './price-table.js';

export const AvailabilityView = z.object({
  categories: z.array(z.object({
    category: z.enum(CATEGORIES),
    /** Free everywhere, and what a device of the grade would cost. */
    grades: z.array(z.object({ grade: z.enum(STOCK_GRADES), free: z.int(), priceCents: z.int().nullable() })),
    /** Open units of all approved needs together, and how many lines ask for them. */
    asked: z.int(), lines: z.int(),
  })),
  /** When the next round is due; a need of urgency 4 starts one at once. */
  nextRoundAt: z.iso.datetime(),
});
export type AvailabilityView = z.infer<typeof AvailabilityView>;

/** What is free and asked of each kind, as numbers only: nobody's need can be read from them. */
export async function readAvailability(tx: Tx, category?: Category): Promise<AvailabilityView> {
  const { roundIntervalMinutes } = await settingsOf(tx, matchingSettings);
  const free = await tx.query<{ category: Category; grade: StockGrade; free: number }>(`select category, grade, sum(free)::int as free from free_cells() group by 1, 2`);
  const asked = await tx.query<{ category: Category; asked: number; lines: number }>(`select category, sum(asked)::int as asked, sum(lines)::int as lines from asked_by_category() group by 1`);
  const next = await tx.one<{ at: Date }>(`select greatest(coalesce(max(created_at) + make_interval(mins => $1), $2), $2::timestamptz) as at from round`, [roundIntervalMinutes, tx.now]);
  const prices: PriceTable | undefined = (await readPriceTable(tx))?.table;
  const gradeOf = (c: Category, grade: StockGrade) => ({
    grade, free: free.find((cell) => cell.category === c && cell.grade === grade)?.free ?? 0, priceCents: prices ? priceOf(prices, c, grade) : null,
  });
  return {
    nextRoundAt: next!.at.toISOString(),
    categories: CATEGORIES.filter((c) => category === undefined || c === category).map((c) => {
      const demand = asked.find((row) => row.category === c);
      return { category: c, grades: STOCK_GRADES.map((grade) => gradeOf(c, grade)), asked: demand?.asked ?? 0, lines: demand?.lines ?? 0 };
    }),
  };
}
