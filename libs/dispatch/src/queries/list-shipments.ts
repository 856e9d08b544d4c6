import type { Tx } from '@lacollecte/database';
import { fromCursor, type Order, ORDER_SQL, type Page, toPage } from '@lacollecte/http';
import { sitesOf } from '../access.js';
import type { ShipmentSummary } from './views.js';

export interface ShipmentFilter {
  readonly after?: string;
  readonly limit: number;
  readonly order?: Order;
  readonly siteId?: string;
  readonly structureId?: string;
  readonly state?: string;
  readonly needId?: string;
}

type ShipmentRow = Omit<ShipmentSummary, 'shipmentId' | 'createdAt'> & { id: string; created_at: string; createdAt: Date };

const list = ({ beyond, sort }: (typeof ORDER_SQL)[Order]) => `select s.id, s.version, s.state, s.site_id as "siteId", s.structure_id as "structureId", s.carriage, s.created_at as "createdAt", s.created_at::text,
    (select coalesce(sum(quantity), 0)::int from shipment_line where shipment_id = s.id) as devices,
    (select count(*)::int from shipment_item where shipment_id = s.id and state = 'packed') as packed,
    (select count(*)::int from parcel where shipment_id = s.id and state <> 'cancelled') as parcels
  from shipment s
  where ($1::uuid is null or s.site_id = $1) and ($2::uuid is null or s.structure_id = $2) and ($3::text is null or s.state = $3)
    and ($4::uuid is null or exists (select from shipment_line where shipment_id = s.id and need_id = $4))
    and ($5::uuid[] is null or s.site_id = any($5))
    and ($6::timestamptz is null or (s.created_at, s.id) ${beyond} ($6, $7::uuid))
  order by s.created_at ${sort}, s.id ${sort} limit $8`;

/** Oldest first, unless asked otherwise: who waits longest stands on top. */
export async function listShipments(tx: Tx, filter: ShipmentFilter): Promise<Page<ShipmentSummary>> {
  const rows = await tx.dynamic<ShipmentRow>(list(ORDER_SQL[filter.order ?? 'oldest']), [
    filter.siteId ?? null, filter.structureId ?? null, filter.state ?? null, filter.needId ?? null, sitesOf(tx.actor), ...fromCursor(filter.after), filter.limit + 1,
  ]);
  return toPage(rows, filter.limit, ({ id, createdAt, created_at: _, ...row }) => ({ shipmentId: id, ...row, createdAt: createdAt.toISOString() }));
}
