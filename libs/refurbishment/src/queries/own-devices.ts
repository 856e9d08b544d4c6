import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { z } from 'zod';
import type { OwnDeviceView } from '../http/views.schemas.js';

type View = z.output<typeof OwnDeviceView>;
type Row = Omit<View, 'task' | 'since'> & { created_at: string; since: Date; reason: string | null; blockUntil: Date | null };

// Rows of other donors are hidden by the policy of the table.
const COLUMNS = `id, lot_id as "lotId", label, state, category, maker, model, serial, erased as "dataErased", waiting_since as since,
  block ->> 'reason' as reason, block_until as "blockUntil", created_at::text`;

function view({ created_at: _, reason, blockUntil, since, ...row }: Row): View {
  return { ...row, since: since.toISOString(), task: reason !== null && blockUntil !== null ? { reason, until: blockUntil.toISOString() } : null };
}

/** What became of the devices that the asking donor gave. */
export async function ownDevices(tx: Tx, query: { lotId?: string | undefined; tasks?: boolean | undefined; after?: string | undefined; limit: number }): Promise<Page<View>> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from device where donor_id = $1 and ($2::uuid is null or lot_id = $2) and (not $3 or block_until is not null)
       and ($4::timestamptz is null or (created_at, id) > ($4, $5::uuid))
     order by created_at, id limit $6`,
    [tx.actor.organisationId, query.lotId ?? null, query.tasks ?? false, ...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, view);
}

export async function ownDevice(tx: Tx, deviceId: string): Promise<View> {
  const row = await tx.one<Row>(`select ${COLUMNS} from device where id = $1 and donor_id = $2`, [deviceId, tx.actor.organisationId]);
  if (!row) throw new DomainError('not-found');
  return view(row);
}
