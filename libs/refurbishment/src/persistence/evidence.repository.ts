import type { Statement, Tx } from '@lacollecte/database';
import type { Evidence } from '../domain/erasure.js';

/** Why evidence waits for a person or for its drive. */
export type Waiting = 'no-serial' | 'drive-unknown' | 'drive-ambiguous' | 'other-device' | 'undone' | 'drive-unreadable' | 'method-unfit' | 'not-verified' | 'account-linked' | 'evidence-too-old';

type EvidenceRow = Omit<Evidence, 'startedAt' | 'finishedAt'> & {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly state: 'waiting' | 'matched' | 'contested';
  /** Of the device that was scanned with it. */
  readonly label: string | null;
  readonly deviceId: string | null;
  readonly driveId: string | null;
};
export type StoredEvidence = Evidence & Pick<EvidenceRow, 'state' | 'label' | 'deviceId' | 'driveId'>;

const COLUMNS = `id, state, serial, label, device_id as "deviceId", drive_id as "driveId", tool, tool_version as "toolVersion", method, started_at as "startedAt",
  finished_at as "finishedAt", verified, account_unlinked as "accountUnlinked", result`;

function toEvidence(row: EvidenceRow): StoredEvidence {
  return { ...row, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt.toISOString() };
}

/** Kept first, whatever it says. The same run reported again is the one that is known already. */
export async function keepEvidence(tx: Tx, evidence: Evidence, label: string | null): Promise<StoredEvidence> {
  const inserted = await tx.one<EvidenceRow>(
    `insert into evidence (id, state, reason, serial, label, tool, tool_version, method, started_at, finished_at, verified, account_unlinked, result, by)
     values ($1, 'waiting', 'drive-unknown', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning ${COLUMNS}`,
    [
      evidence.id, evidence.serial, label, evidence.tool, evidence.toolVersion, evidence.method, evidence.startedAt, evidence.finishedAt,
      evidence.verified, evidence.accountUnlinked, evidence.result, tx.actor.subject,
    ],
  );
  const row =
    inserted ??
    (await tx.one<EvidenceRow>(
      `select ${COLUMNS} from evidence where (serial, hint, tool, method, started_at, finished_at, result) is not distinct from ($1, $2, $3, $4, $5::timestamptz, $6::timestamptz, $7)`,
      [evidence.serial, evidence.serial === null ? label : null, evidence.tool, evidence.method, evidence.startedAt, evidence.finishedAt, evidence.result],
    ));
  if (!row) throw new Error(`evidence ${evidence.id} was neither inserted nor found`);
  return toEvidence(row);
}

/** What a contest of evidence begins with, to be sent ahead. */
export const lockingEvidence = (id: string): Statement => ({ text: `select ${COLUMNS} from evidence where id = $1 for update`, values: [id] });

export async function lockEvidence(tx: Tx, id: string): Promise<StoredEvidence | undefined> {
  const { text, values } = lockingEvidence(id);
  const row = await tx.one<EvidenceRow>(text, values);
  return row && toEvidence(row);
}

/** Evidence that waits for one of these drives, in the order in which the tools ended. */
export async function waitingFor(tx: Tx, serials: readonly string[]): Promise<StoredEvidence[]> {
  const rows = await tx.query<EvidenceRow>(`select ${COLUMNS} from evidence where state = 'waiting' and serial = any($1) order by finished_at, id for update`, [serials]);
  return rows.map(toEvidence);
}

export async function markMatched(tx: Tx, evidenceId: string, deviceId: string, driveId: string, version: number): Promise<void> {
  await tx.execute(`update evidence set state = 'matched', reason = null, device_id = $2, drive_id = $3, matched_version = $4 where id = $1`, [evidenceId, deviceId, driveId, version]);
}

export async function markWaiting(tx: Tx, evidenceId: string, reason: Waiting): Promise<void> {
  await tx.execute(`update evidence set reason = $2 where id = $1 and state = 'waiting'`, [evidenceId, reason]);
}

/** What an undone step had matched waits again, for a person. */
export async function unmatch(tx: Tx, deviceId: string, version: number): Promise<void> {
  await tx.execute(
    `update evidence set state = 'waiting', reason = 'undone', device_id = null, drive_id = null, matched_version = null where device_id = $1 and matched_version = $2 and state = 'matched'`,
    [deviceId, version],
  );
}
