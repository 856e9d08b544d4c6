import { refurbishment } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

const READY = `insert into device (id, label, category, grade, evidence_at) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set label = excluded.label, category = excluded.category, grade = excluded.grade, evidence_at = excluded.evidence_at
  where device.evidence_at is null or device.evidence_at <= excluded.evidence_at`;

const RECALLED = `insert into device (id, recalled_at, recall_reason) values ($1, $2, $3)
  on conflict (id) do update set
    recall_reason = case when device.recalled_at > excluded.recalled_at then device.recall_reason else excluded.recall_reason end,
    recalled_at = greatest(device.recalled_at, excluded.recalled_at)`;

/** What the workshop says of a device: once it is ready its label is understood, and a recall older than its newest erasure is over. */
export const device = new Projection(
  'device',
  from([refurbishment.DeviceReady], (rows, { data }) => rows.execute(READY, [data.deviceId, data.label, data.category, data.grade, data.evidenceAt])),
  from([refurbishment.DeviceRecalled], (rows, { data }) => rows.execute(RECALLED, [data.deviceId, data.recalledAt, data.code])),
);
