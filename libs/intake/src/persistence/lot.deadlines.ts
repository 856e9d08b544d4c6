import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { settings } from '../settings.js';

/** The lot is collected, for the first time: its donor has the received inventory some days from now. Gives by when, or null where it was not the first; if it was, the lot is to be saved. */
export async function inventoryDueFrom(tx: Tx, lotId: string): Promise<Date | null> {
  const { inventoryDays } = await settingsOf(tx, settings);
  const changed = await tx.one<{ at: Date }>(
    `update lot set collected_at = $2, inventory_due_at = $2::timestamptz + $3 * interval '1 day' where id = $1 and collected_at is null returning inventory_due_at as at`,
    [lotId, tx.now, inventoryDays],
  );
  return changed?.at ?? null;
}

/** What was overdue is done: nobody needs to look at it any more. */
export async function endTasks(tx: Tx, lotId: string, kind: 'answer-overdue' | 'inventory-overdue'): Promise<void> {
  await tx.execute('update task set done_at = $3, done_by = $4 where kind = $2 and subject = $1 and done_at is null', [lotId, kind, tx.now, tx.actor.subject]);
}
