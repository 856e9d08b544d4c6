import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Order, ORDER_SQL, type Page, toPage } from '@lacollecte/http';
import { checkSite, sitesOf } from '../access.js';
import { shownReason } from '../domain/device-return.js';
import { deviceOfScan } from '../persistence/device.repository.js';
import type { ReturnView } from './views.js';

export interface ReturnFilter {
  readonly after?: string;
  readonly limit: number;
  readonly order?: Order;
  readonly siteId?: string;
  readonly state?: string;
  /** Label or id of the device. */
  readonly device?: string;
}

type ReturnRow = Omit<ReturnView, 'returnId' | 'createdAt' | 'reason' | 'reasonText'> & { id: string; created_at: string; createdAt: Date; reason: string | null };

const SELECT = `select r.id, r.version, r.state, r.device_id as "deviceId", d.label, r.shipment_id as "shipmentId", r.structure_id as "structureId",
    r.site_id as "siteId", r.reason, r.created_at as "createdAt", r.created_at::text
  from device_return r left join device d on d.id = r.device_id`;

function view({ id, createdAt, created_at: _, reason, ...row }: ReturnRow): ReturnView {
  return { returnId: id, ...row, ...shownReason(reason), createdAt: createdAt.toISOString() };
}

/** Devices asked back (for a structure: what it is asked to give back), come back, lost and found; oldest first. */
export async function listReturns(tx: Tx, filter: ReturnFilter): Promise<Page<ReturnView>> {
  const { beyond, sort } = ORDER_SQL[filter.order ?? 'oldest'];
  const deviceId = filter.device === undefined ? null : await deviceOfScan(tx, filter.device);
  const rows = await tx.dynamic<ReturnRow>(
    `${SELECT} where ($1::uuid is null or r.site_id = $1) and ($2::text is null or r.state = $2) and ($3::uuid is null or r.device_id = $3)
       and ($4::uuid[] is null or r.site_id = any($4)) and ($5::timestamptz is null or (r.created_at, r.id) ${beyond} ($5, $6::uuid))
     order by r.created_at ${sort}, r.id ${sort} limit $7`,
    [filter.siteId ?? null, filter.state ?? null, deviceId, sitesOf(tx.actor), ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, view);
}

export async function getReturn(tx: Tx, returnId: string): Promise<ReturnView> {
  const row = await tx.one<ReturnRow>(`${SELECT} where r.id = $1`, [returnId]);
  if (!row) throw new DomainError('return-not-found');
  checkSite(tx.actor, row.siteId);
  return view(row);
}
