import type { Tx } from '@lacollecte/database';

export interface RecallMark {
  readonly deviceId: string;
  readonly recalledAt: Date;
}

/** Sets the mark, or moves it to the newer of two recalls. */
export async function mark(tx: Tx, deviceId: string, recalledAt: Date, reason: string): Promise<void> {
  await tx.execute(
    `insert into recall_mark (device_id, recalled_at, reason) values ($1, $2, $3)
     on conflict (device_id) do update set recalled_at = excluded.recalled_at, reason = excluded.reason
       where recall_mark.recalled_at < excluded.recalled_at`,
    [deviceId, recalledAt, reason],
  );
}

/** Marks of these devices, locked. Read once the items are locked: a recall locks its item before it marks. */
export async function lockMarks(tx: Tx, deviceIds: readonly string[]): Promise<Map<string, RecallMark>> {
  const marks = await tx.query<RecallMark>(
    `select device_id as "deviceId", recalled_at as "recalledAt" from recall_mark where device_id = any($1::uuid[]) order by device_id for update`,
    [deviceIds],
  );
  return new Map(marks.map((m) => [m.deviceId, m]));
}

export async function unmark(tx: Tx, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length > 0) await tx.execute('delete from recall_mark where device_id = any($1::uuid[])', [deviceIds]);
}
