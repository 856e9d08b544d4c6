import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { z } from 'zod';
import type { EvidenceView } from '../http/views.schemas.js';

type View = z.output<typeof EvidenceView>;
type Row = Omit<View, 'startedAt' | 'finishedAt' | 'recordedAt'> & { startedAt: Date; finishedAt: Date; recordedAt: Date; created_at: string };

const COLUMNS = `id, state, reason, serial, label, device_id as "deviceId", drive_id as "driveId", tool, tool_version as "toolVersion", method,
  started_at as "startedAt", finished_at as "finishedAt", verified, account_unlinked as "accountUnlinked", result, by, created_at as "recordedAt", created_at::text`;

function view({ created_at: _, ...row }: Row): View {
  return { ...row, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt.toISOString(), recordedAt: row.recordedAt.toISOString() };
}

export async function evidenceOfDevice(tx: Tx, deviceId: string): Promise<View[]> {
  return (await tx.query<Row>(`select ${COLUMNS} from evidence where device_id = $1 order by created_at, id`, [deviceId])).map(view);
}

export async function evidenceByIds(tx: Tx, ids: readonly string[]): Promise<View[]> {
  return (await tx.query<Row>(`select ${COLUMNS} from evidence where id = any($1)`, [ids])).map(view);
}

/** The review queue: evidence that waits for its drive or for a person, oldest first. */
export async function waitingEvidence(tx: Tx, query: { after?: string | undefined; limit: number }): Promise<Page<View>> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from evidence where state = 'waiting' and ($1::timestamptz is null or (created_at, id) > ($1, $2::uuid)) order by created_at, id limit $3`,
    [...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, view);
}
