import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Lot } from '../domain/lot.js';
import type { Notification } from '../domain/notification.js';

/** Tells the lot's donor, in the transaction of what is told. `of`: the event's aggregate and version; by default the lot as it is now. */
export async function notify(tx: Tx, lot: Lot, { kind, texts }: Notification, of: { readonly id: string; readonly version: number } = lot): Promise<void> {
  await tx.execute('insert into notification (id, donor_id, lot_id, kind, of_id, of_version, texts, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    v7(), lot.donorId, lot.id, kind, of.id, of.version, JSON.stringify(texts), tx.now,
  ]);
}
