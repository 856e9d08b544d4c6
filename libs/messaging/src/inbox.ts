import type { Tx } from '@lacollecte/database';
import { type Decoded, storable } from './cloud-event.js';

/** Records what is new, in the order of ids (two batches never wait in a circle); a twin in flight is waited for. */
export async function recordFresh(tx: Tx, batch: readonly Decoded[]): Promise<Decoded[]> {
  const unique = new Map(batch.map((decoded) => [decoded.id, decoded]));
  const ordered = [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = await tx.query<{ id: string }>(
    `insert into inbox (id, topic, key, version, n, type, occurred_at, data, correlation_id, causation_id, actor)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[])
     on conflict do nothing returning id`,
    [
      ordered.map((d) => d.id),
      ordered.map((d) => d.record.topic),
      ordered.map((d) => d.key),
      ordered.map((d) => d.event?.version ?? null),
      ordered.map((d) => d.event?.n ?? null),
      ordered.map((d) => d.type),
      ordered.map((d) => d.event?.occurredAt ?? null),
      ordered.map((d) => (d.event ? d.record.value!.toString() : null)),
      ordered.map((d) => d.event?.correlationId ?? null),
      ordered.map((d) => d.event?.causationId ?? null),
      ordered.map((d) => d.event?.actor ?? null),
    ],
  );
  const fresh = new Set(rows.map((row) => row.id));
  return [...unique.values()].filter((decoded) => fresh.has(decoded.id));
}

/**
 * Those of `fresh` whose key is parked are held behind it; gives the others. A statement after the inbox's insert, so that
 * it sees what a twin that we waited for has parked; FOR SHARE, so that a redrive of the key ends before or begins after us.
 */
export async function holdParked(tx: Tx, fresh: readonly Decoded[]): Promise<Decoded[]> {
  const rows = await tx.query<{ topic: string; key: string }>(
    `select p.topic, p.key from parked_key p
     where (p.topic, p.key) in (select * from unnest($1::text[], $2::text[])) order by p.topic, p.key for share`,
    [fresh.map((d) => d.record.topic), fresh.map((d) => d.key)],
  );
  if (rows.length === 0) return [...fresh];
  const parked = new Set(rows.map((row) => `${row.topic} ${row.key}`));
  const held = fresh.filter((d) => parked.has(`${d.record.topic} ${d.key}`));
  for (const decoded of held) await insertParked(tx, decoded, null, null);
  return fresh.filter((d) => !held.includes(d));
}

/** Takes a poisoned event out of the stream: its key is parked, later events of it will be held. False: a twin has dealt with it. */
export async function park(tx: Tx, decoded: Decoded, reason: string, error: string): Promise<boolean> {
  const [fresh] = await recordFresh(tx, [decoded]);
  if (!fresh) return false;
  // An update rather than DO NOTHING: it locks the row, so that a redrive cannot delete it under us.
  await tx.execute(
    `insert into parked_key (topic, key) values ($1, $2) on conflict (topic, key) do update set parked_at = parked_key.parked_at`,
    [decoded.record.topic, decoded.key],
  );
  await insertParked(tx, decoded, reason, error);
  return true;
}

async function insertParked(tx: Tx, decoded: Decoded, reason: string | null, error: string | null): Promise<void> {
  const headers = Object.fromEntries(Object.entries(decoded.record.headers).map(([name, value]) => [storable(name), value.toString('base64')]));
  await tx.execute(
    `insert into parked_event (id, topic, key, type, headers, value, reason, error) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [decoded.id, decoded.record.topic, decoded.key, decoded.type, JSON.stringify(headers), decoded.record.value, reason, error && storable(error)],
  );
}
