import { CATEGORIES, STOCK_GRADES } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { z } from 'zod';
import type { PriceTable } from '../domain/price.js';

const Cents = z.int().min(0).max(1_000_000);
const Table: z.ZodType<PriceTable> = z.object({
  prices: z.record(z.enum(CATEGORIES), z.record(z.enum(STOCK_GRADES), Cents)),
  caps: z.record(z.enum(CATEGORIES), Cents),
});

/** In force from that day on in Europe/Paris: `2026-01-01`. */
export const DatedPriceTable = z.object({ validFrom: z.iso.date(), table: Table });
export type DatedPriceTable = z.infer<typeof DatedPriceTable>;

/** The table in force today. */
export async function readPriceTable(tx: Tx): Promise<DatedPriceTable | null> {
  const row = await tx.one<{ valid_from: string; data: unknown }>(
    `select valid_from::text, data from price_table where valid_from <= ($1::timestamptz at time zone 'Europe/Paris')::date order by valid_from desc limit 1`,
    [tx.now],
  );
  return row ? { validFrom: row.valid_from, table: Table.parse(row.data) } : null;
}

/** Every table, newest first. */
export async function listPriceTables(tx: Tx): Promise<DatedPriceTable[]> {
  const rows = await tx.query<{ valid_from: string; data: unknown }>(`select valid_from::text, data from price_table order by valid_from desc`);
  return rows.map((row) => ({ validFrom: row.valid_from, table: Table.parse(row.data) }));
}
