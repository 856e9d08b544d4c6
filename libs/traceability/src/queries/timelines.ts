import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { z } from 'zod';
import { nameOf } from '../domain/stages.js';
import { DEVICE_NOW } from './device-now.js';
import type { DeviceNowView, DeviceTimelineView, LotNowView, StepView } from './views.js';

/** Most steps of one timeline. */
const MOST = 1_000;

const COLUMNS = `o.id, o.at, o.topic, o.key, o.version, o.type, o.actor, o.correlation_id as "correlationId", o.causation_id as "causationId", o.devices,
  i.received_at as "heardAt", i.data::jsonb ->> 'state' as state`;
/** Ids of the inbox are texts: they need not be ours. */
const FROM = 'from occurrence o join inbox i on i.id = o.id::text';

/**
 * Everything that names the device; of its lot, its reservations and its shipments what concerns them as a whole, not the other devices
 * beside it.
 */
const OF_DEVICE = `
  with own as materialized (select id, topic, key from occurrence where subjects @> array[$1::uuid]),
    around as materialized (
      select key from own where topic in ('inventory.reservation', 'dispatch.shipment') union select lot_id from arrival where id = $1::uuid union select lot_id from work where id = $1::uuid),
    whole as (
      select o.id from around s join occurrence o on o.subjects @> array[s.key]
      where o.key = s.key and o.devices = 0 and o.topic in ('intake.lot', 'matching.allocation', 'inventory.reservation', 'dispatch.shipment'))
  select ${COLUMNS} ${FROM} where o.id in (select id from own union select id from whole) order by o.at, o.id limit ${MOST + 1}`;

const OF_LOT = `select ${COLUMNS}, o.at::text as created_at ${FROM}
  where o.subjects @> array[$1::uuid] and (o.devices = 0 or $2) and ($3::timestamptz is null or (o.at, o.id) > ($3, $4::uuid)) order by o.at, o.id limit $5`;

const OF_STORY = `select ${COLUMNS} ${FROM} where o.correlation_id = $1 order by o.at, o.id limit ${MOST + 1}`;

const NOW = `select a.id as "deviceId", a.lot_id as "lotId", a.donor_id as "donorId", d.site_id as "siteId", a.label, a.category, a.maker, a.model, w.grade,
    s.stage, d.since, d.waits_for as "waitsFor", d.due_at as "dueAt", i.reservation_id as "reservationId", p.need_id as "needId", p.structure_id as "structureId", g.department
  from arrival a ${DEVICE_NOW} left join allocation p on p.id = i.reservation_id left join organisation g on g.id = p.structure_id where a.id = $1`;

interface Row extends Omit<StepView, 'eventId' | 'at' | 'heardAt' | 'name' | 'service' | 'seconds' | 'secondsSinceCause'> {
  readonly id: string;
  readonly at: Date;
  readonly heardAt: Date;
  readonly type: string;
}
type Dated<T> = { [K in keyof T]: T[K] extends string | null ? T[K] | Date : T[K] };
type Lot = z.output<typeof LotNowView>;
type Device = z.output<typeof DeviceNowView>;

const secondsBetween = (from: Date | undefined, to: Date): number | null => (from ? (to.getTime() - from.getTime()) / 1000 : null);

/** With the waits between them. */
function stepsOf(rows: readonly Row[]): StepView[] {
  const times = new Map(rows.map(({ id, at }) => [id, at]));
  return rows.map(({ id, at, heardAt, type, ...row }, n) => ({
    eventId: id, at: at.toISOString(), heardAt: heardAt.toISOString(), name: nameOf(type), service: row.topic.slice(0, row.topic.indexOf('.')),
    topic: row.topic, key: row.key, version: row.version, state: row.state, actor: row.actor, correlationId: row.correlationId, causationId: row.causationId, devices: row.devices,
    seconds: secondsBetween(rows[n - 1]?.at, at), secondsSinceCause: secondsBetween(times.get(row.causationId ?? ''), at),
  }));
}

/** @throws DomainError nothing-known */
export async function deviceTimeline(tx: Tx, deviceId: string): Promise<z.output<typeof DeviceTimelineView>> {
  const rows = await tx.query<Row>(OF_DEVICE, [deviceId]);
  if (rows.length === 0) throw new DomainError('nothing-known');
  const now = await tx.one<Dated<Device>>(NOW, [deviceId]);
  return { device: now ? (withTexts(now) as Device) : null, steps: stepsOf(rows.slice(0, MOST)), cut: rows.length > MOST };
}

/** @param devices also what happened to single devices @throws DomainError nothing-known */
export async function lotTimeline(tx: Tx, lotId: string, query: { after?: string | undefined; limit: number; devices: boolean }): Promise<Page<StepView> & { lot: Lot | null }> {
  const rows = await tx.query<Row & { created_at: string }>(OF_LOT, [lotId, query.devices, ...fromCursor(query.after), query.limit + 1]);
  if (rows.length === 0 && query.after === undefined) throw new DomainError('nothing-known');
  const now = await tx.one<Dated<Lot>>(
    `select id as "lotId", donor_id as "donorId", site_id as "siteId", state, since, due_at as "dueAt", declared, declined, received, refused, missing, awaited, unexpected from lot where id = $1`, [lotId],
  );
  const page = toPage(rows, query.limit, (row) => row);
  return { lot: now ? (withTexts(now) as Lot) : null, items: stepsOf(page.items.map(({ created_at: _, ...row }) => row)), next: page.next };
}

/** One story through all services. @throws DomainError nothing-known */
export async function trace(tx: Tx, correlationId: string): Promise<{ steps: StepView[]; cut: boolean }> {
  const rows = await tx.query<Row>(OF_STORY, [correlationId]);
  if (rows.length === 0) throw new DomainError('nothing-known');
  return { steps: stepsOf(rows.slice(0, MOST)), cut: rows.length > MOST };
}

/** With what it said. @throws DomainError nothing-known */
export async function showEvent(tx: Tx, eventId: string): Promise<StepView & { data: unknown }> {
  const row = await tx.one<Row & { data: unknown }>(`select ${COLUMNS}, i.data::jsonb as data ${FROM} where o.id = $1`, [eventId]);
  if (!row) throw new DomainError('nothing-known');
  const { data, ...step } = row;
  return { ...stepsOf([step])[0]!, data };
}

function withTexts(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]));
}
