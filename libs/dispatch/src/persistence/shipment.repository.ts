import type { EventDefinition } from '@lacollecte/contracts';
import { orStale, type Statement, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { Change, Item, Line, Parcel, Shipment } from '../domain/shipment.js';

const SHIPMENT = `select id, version, state, site_id as "siteId", structure_id as "structureId", carriage, picking_started_at as "pickingStartedAt",
  created_at as "createdAt" from shipment where id =`;
const LOCK = {
  shipment: `${SHIPMENT} $1 for update`,
  return: `${SHIPMENT} (select shipment_id from device_return where id = $1) for update`,
  delivered: `${SHIPMENT} (select i.shipment_id from shipment_item i join parcel p on p.id = i.parcel_id
    where i.item_id = $1 and i.state = 'packed' and p.state = 'delivered' order by p.delivered_at desc limit 1) for update`,
} as const;
const LINES = `select id, need_id as "needId", need_line_id as "needLineId", category, grade, quantity, state, reason
  from shipment_line where shipment_id = $1 order by created_at, id`;
const ITEMS = `select i.line_id as "lineId", i.item_id as "itemId", i.state, i.bin, i.parcel_id as "parcelId", i.replaces,
    i.packed_at as "packedAt", i.scanned_at as "scannedAt", d.label, coalesce(d.recalled, false) as recalled
  from shipment_item i left join device d on d.id = i.item_id where i.shipment_id = $1 order by i.created_at, i.line_id, i.item_id`;
const PARCELS = `select id, number, state, seal, opened_at as "openedAt", sealed_at as "sealedAt", handed_over_at as "handedOverAt", taken_by as "takenBy",
    delivered_at as "deliveredAt", received_by as "receivedBy", failed_at as "failedAt", failure, returned_at as "returnedAt", seal_intact as "sealIntact"
  from parcel where shipment_id = $1 order by number`;

async function load(tx: Tx, { text, values }: Statement): Promise<Shipment | undefined> {
  const shipment = await tx.one<Omit<Shipment, 'lines' | 'items' | 'parcels'>>(text, values);
  if (!shipment) return undefined;
  const { id } = shipment;
  const [lines, items, parcels] = await Promise.all([tx.query<Line>(LINES, [id]), tx.query<Item>(ITEMS, [id]), tx.query<Parcel>(PARCELS, [id])]);
  return { ...shipment, lines, items, parcels };
}

/** The shipment as it is; undefined where there is none that the caller may see. */
export function findShipment(tx: Tx, id: string): Promise<Shipment | undefined> {
  return load(tx, { text: `${SHIPMENT} $1`, values: [id] });
}

/** What a change of a shipment, or of a return of one of its devices, begins with, to be sent ahead. */
export const lockingShipment = (id: string, of: keyof typeof LOCK = 'shipment'): Statement => ({ text: LOCK[of], values: [id] });

/** The shipment, locked to be changed: lines, items and parcels change under this lock only. `of`: what the id is of. */
export function lockShipment(tx: Tx, id: string, of?: keyof typeof LOCK): Promise<Shipment | undefined> {
  return load(tx, lockingShipment(id, of));
}

/** The shipment that a reservation is a line of. */
export async function shipmentOfLine(tx: Tx, lineId: string): Promise<string | undefined> {
  return (await tx.one<{ shipment_id: string }>('select shipment_id from shipment_line where id = $1', [lineId]))?.shipment_id;
}

const SAVE = orStale(`with changed as (
  update shipment set version = version + 1, state = $2, carriage = $3, picking_started_at = $4 where id = $1 and version = $5 returning id)`);
const SAVE_LINES = `insert into shipment_line (id, shipment_id, structure_id, need_id, need_line_id, category, grade, quantity, state, reason)
  select l.id, $1, $2, l."needId", l."needLineId", l.category, l.grade, l.quantity, l.state, l.reason
  from jsonb_to_recordset($3::jsonb) as l(id uuid, "needId" uuid, "needLineId" uuid, category text, grade text, quantity int, state text, reason text)
  on conflict (id) do update set quantity = excluded.quantity, state = excluded.state, reason = excluded.reason`;
const SAVE_PARCELS = `insert into parcel (id, shipment_id, structure_id, number, state, seal, opened_at, sealed_at, handed_over_at, taken_by, delivered_at,
    received_by, failed_at, failure, returned_at, seal_intact)
  select p.id, $1, $2, p.number, p.state, p.seal, p."openedAt", p."sealedAt", p."handedOverAt", p."takenBy", p."deliveredAt",
    p."receivedBy", p."failedAt", p.failure, p."returnedAt", p."sealIntact"
  from jsonb_to_recordset($3::jsonb) as p(id uuid, number int, state text, seal text, "openedAt" timestamptz, "sealedAt" timestamptz,
    "handedOverAt" timestamptz, "takenBy" text, "deliveredAt" timestamptz, "receivedBy" text, "failedAt" timestamptz, failure text,
    "returnedAt" timestamptz, "sealIntact" boolean)
  on conflict (id) do update set state = excluded.state, seal = excluded.seal, sealed_at = excluded.sealed_at, handed_over_at = excluded.handed_over_at,
    taken_by = excluded.taken_by, delivered_at = excluded.delivered_at, received_by = excluded.received_by, failed_at = excluded.failed_at,
    failure = excluded.failure, returned_at = excluded.returned_at, seal_intact = excluded.seal_intact`;
const SAVE_ITEMS = `insert into shipment_item (line_id, item_id, shipment_id, structure_id, state, bin, parcel_id, replaces, packed_at, scanned_at)
  select i."lineId", i."itemId", $1, $2, i.state, i.bin, i."parcelId", i.replaces, i."packedAt", i."scannedAt"
  from jsonb_to_recordset($3::jsonb) as i("lineId" uuid, "itemId" uuid, state text, bin text, "parcelId" uuid, replaces uuid,
    "packedAt" timestamptz, "scannedAt" timestamptz)
  on conflict (line_id, item_id) do update set state = excluded.state, bin = excluded.bin, parcel_id = excluded.parcel_id,
    replaces = excluded.replaces, packed_at = excluded.packed_at, scanned_at = excluded.scanned_at`;

/** What a person does to a shipment begins with that shipment, where the request names nothing else. */
export function inCause(tx: Tx, shipmentId: string): Tx {
  return tx.cause.correlationId === null ? tx.because({ ...tx.cause, correlationId: shipmentId }) : tx;
}

/** Rows that the change made or replaced: the domain keeps what it doesn't touch, so identity tells. */
function touched<T>(before: readonly T[], after: readonly T[]): T[] {
  const kept = new Set(before);
  return after.filter((row) => !kept.has(row));
}

/**
 * Writes what a change touched and announces it, one version higher; a change without events is none. `before` is the shipment as
 * it was loaded, undefined for a new one. Returns the shipment as it is now.
 */
export async function saveShipment(tx: Tx, before: Shipment | undefined, change: Change): Promise<Shipment> {
  if (change.events.length === 0) return change.shipment;
  const after = { ...change.shipment, version: change.shipment.version + 1 };
  const head = [after.id, after.state, after.carriage, after.pickingStartedAt];
  if (before) tx.change(SAVE, [...head, before.version]);
  else {
    await tx.execute(
      'insert into shipment (id, version, state, carriage, picking_started_at, site_id, structure_id, created_at) values ($1, 1, $2, $3, $4, $5, $6, $7)',
      [...head, after.siteId, after.structureId, after.createdAt],
    );
  }
  const save = async (text: string, rows: readonly object[]) => {
    if (rows.length > 0) await tx.execute(text, [after.id, after.structureId, JSON.stringify(rows)]);
  };
  await save(SAVE_LINES, touched(before?.lines ?? [], after.lines));
  await save(SAVE_PARCELS, touched(before?.parcels ?? [], after.parcels));
  await save(SAVE_ITEMS, touched(before?.items ?? [], after.items));
  const common = { shipmentId: after.id, siteId: after.siteId, structureId: after.structureId, state: after.state };
  for (const { definition, data } of change.events) append(inCause(tx, after.id), definition as EventDefinition, { key: after.id, version: after.version }, { ...common, ...data });
  return after;
}
