import { canonicalLabel, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST = 50;

const EVENT = `select o.id as "eventId", o.type, o.topic, o.key, o.version, o.n, o.at, h.received_at as "heardAt", o.actor, o.correlation_id as "correlationId", o.causation_id as "causationId",
  o.subjects, h.data::jsonb as data,
  array(select e.id from occurrence e where e.correlation_id = o.correlation_id and e.causation_id = o.id::text order by e.at, e.id) as "ledTo"
  from occurrence o join inbox h on h.id = o.id::text where o.id = $1`;

/** Devices by label, serial (as it was scanned in, in any case) or IMEI. */
const DEVICES = `select 'device' as kind, id, label as text from device where label = $1 or upper(serial) = upper($2) or imei = $2 order by label limit ${MOST}`;
const BY_ID = `
  select 'device' as kind, id, label as text from device where id = $1
  union all select 'lot', id, state from lot where id = $1
  union all select activity, id, kind from organisation where id = $1
  union all select 'allocation', id, state from allocation where id = $1
  union all select 'event', id, type from occurrence where id = $1`;
const CORRELATION = `select 'correlation' as kind, correlation_id as id, count(*)::text as text from occurrence where correlation_id = $1 group by correlation_id`;
const NAMED = `select count(*)::int as n from (select from occurrence where subjects @> array[$1::uuid] limit 1000) o`;

export interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly text: string | null;
}

/** @throws DomainError event-not-found */
export async function showEvent(tx: Tx, eventId: string): Promise<object> {
  const row = await tx.one(EVENT, [eventId]);
  if (!row) throw new DomainError('event-not-found');
  return row;
}

/**
 * What a scanned or pasted text is: a label, a serial or IMEI, or the id of a device, lot, organisation, allocation, event or
 * correlation. `named`: how many events speak of an id (1,000 at most), whatever it is: a need, a shipment, a parcel, a round.
 */
export async function search(tx: Tx, q: string): Promise<{ hits: Hit[]; named: number }> {
  const id = q.toLowerCase();
  const traced = await tx.query<Hit>(CORRELATION, [q]);
  if (!UUID.test(id)) return { hits: [...(await tx.query<Hit>(DEVICES, [canonicalLabel(q) ?? q, q])), ...traced], named: 0 };
  const hits = await tx.query<Hit>(BY_ID, [id]);
  return { hits: [...hits, ...traced], named: (await tx.one<{ n: number }>(NAMED, [id]))!.n };
}
