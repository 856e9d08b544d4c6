import type { Statement, Tx } from '@lacollecte/database';
import type { RowLock } from '@lacollecte/messaging';

export const LEDGER_ID = '00000000-0000-7000-8000-000000000000';

/**
 * For handlers of events that move quantities. Allocations lead to lines, needs and quotas that an event does not name, so they
 * cannot be locked in one order beforehand; one lock for all of them can (some 50 movements an hour at the scale of today).
 */
export const LEDGER_LOCK: readonly RowLock[] = [['ledger', LEDGER_ID]];

/** What a change of needs or allocations begins with, to be sent ahead. */
export const LOCKING_LEDGER: Statement = { text: 'select from ledger where id = $1 for update', values: [LEDGER_ID] };

/** The same for commands, jobs and sweeps: before they read what they will change. */
export async function lockLedger(tx: Tx): Promise<void> {
  await tx.query(LOCKING_LEDGER.text, LOCKING_LEDGER.values);
}
