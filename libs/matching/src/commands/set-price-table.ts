import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { DatedPriceTable } from '../queries/price-table.js';

/** Prices and caps from a day on (Europe/Paris), not in the past: what was shown then stays what it was. Replaces one of the same day. */
export async function setPriceTable(tx: Tx, input: DatedPriceTable): Promise<DatedPriceTable> {
  const past = await tx.one<{ past: boolean }>(`select $1::date < ($2::timestamptz at time zone 'Europe/Paris')::date as past`, [input.validFrom, tx.now]);
  if (past?.past) throw new DomainError('price-table-in-the-past', { validFrom: input.validFrom });
  await tx.execute(
    `insert into price_table (id, valid_from, data, created_at, created_by) values ($1, $2, $3, $4, $5)
     on conflict (valid_from) do update set data = excluded.data, created_at = excluded.created_at, created_by = excluded.created_by`,
    [v7(), input.validFrom, JSON.stringify(input.table), tx.now, tx.actor.subject],
  );
  return input;
}
