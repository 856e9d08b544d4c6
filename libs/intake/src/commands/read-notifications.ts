import type { Tx } from '@lacollecte/database';

/** Somebody of the organisation has read these; the same again changes nothing, and another's are left as they are. */
export async function readNotifications(tx: Tx, { ids }: { ids: readonly string[] }): Promise<void> {
  await tx.execute('update notification set read_at = $3, read_by = $4 where donor_id = $1 and id = any($2::uuid[]) and read_at is null', [
    tx.actor.organisationId, ids, tx.now, tx.actor.subject,
  ]);
}
