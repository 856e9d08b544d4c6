import type { EventData, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

const READY = `insert into device (id, label, category, grade, evidence_at) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set label = excluded.label, category = excluded.category, grade = excluded.grade, evidence_at = excluded.evidence_at
  where device.evidence_at is null or device.evidence_at <= excluded.evidence_at`;

/** A device became stock: from here its label is understood, and a recall older than its newest erasure is over. */
export async function rememberDevice(tx: Tx, ready: EventData<typeof refurbishment.DeviceReady>): Promise<void> {
  await tx.execute(READY, [ready.deviceId, ready.label, ready.category, ready.grade, ready.evidenceAt]);
}
