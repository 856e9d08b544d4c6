import type { Tx } from '@lacollecte/database';

/**
 * Public routes have no actor, so row-level security would show and allow nothing. Once the command knows whose rows it is
 * about (a new organisation's, or those of the holder of a valid link), the rest of this transaction runs in that scope:
 * one organisation's, or, where null, that of staff.
 */
export async function enterScope(tx: Tx, organisationId: string | null): Promise<void> {
  await tx.execute(`select set_config('app.staff', $1, true), set_config('app.organisation', $2, true)`, [
    organisationId === null ? 'true' : 'false', organisationId ?? '',
  ]);
}
