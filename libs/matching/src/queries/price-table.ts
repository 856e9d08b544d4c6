import type { Tx } from '@lacollecte/database';
import { PriceTable } from '../domain/price.js';

export interface DatedPriceTable {
  /** `2026-01-01`, in Europe/Paris. */
  readonly validFrom: string;
  readonly table: PriceTable;
}

/** The table in force today. */
export async function readPriceTable(tx: Tx): Promise<DatedPriceTable | null> {
  const row = await tx.one<{ valid_from: string; data: unknown }>(
    `select valid_from::text, data from price_table where valid_from <= ($1::timestamptz at time zone 'Europe/Paris')::date order by valid_from desc limit 1`,
    [tx.now],
  );
  return row ? { validFrom: row.valid_from, table: PriceTable.parse(row.data) } : null;
}

/** Every table, newest first. */
export async function listPriceTables(tx: Tx): Promise<DatedPriceTable[]> {
  const rows = await tx.query<{ valid_from: string; data: unknown }>(`select valid_from::text, data from price_table order by valid_from desc`);
  return rows.map((row) => ({ validFrom: row.valid_from, table: PriceTable.parse(row.data) }));
}
