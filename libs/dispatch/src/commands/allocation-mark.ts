import type { Tx } from '@lacollecte/database';

/** Locks what is known of an allocation, so that its acceptance and its end wait for each other; gives why it is void, if it is. */
export async function lockAllocation(tx: Tx, allocationId: string): Promise<string | null> {
  await tx.execute('insert into allocation_mark (id) values ($1) on conflict do nothing', [allocationId]);
  const mark = await tx.one<{ void_reason: string | null }>('select void_reason from allocation_mark where id = $1 for update', [allocationId]);
  return mark?.void_reason ?? null;
}

/** It has ended: its acceptance plans nothing any more, even if that comes later. */
export async function voidAllocation(tx: Tx, allocationId: string, reason: string): Promise<void> {
  await tx.execute(
    'insert into allocation_mark (id, void_reason) values ($1, $2) on conflict (id) do update set void_reason = coalesce(allocation_mark.void_reason, $2)',
    [allocationId, reason],
  );
}
