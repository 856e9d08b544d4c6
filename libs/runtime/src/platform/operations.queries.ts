import type { Row, Tx } from '@lacollecte/database';

const OUTBOX = `select count(*) filter (where parked_reason is null)::int as pending,
  (select o.occurred_at from outbox_pending p join outbox o using (position) where p.parked_reason is null order by p.position limit 1) as "oldestAt"
  from outbox_pending`;
const REFUSED = `select o.id as "eventId", o.type, o.topic, o.key, o.occurred_at as "occurredAt", p.parked_reason as reason
  from outbox_pending p join outbox o using (position) where p.parked_reason is not null order by p.position limit 200`;
const JOBS = `select queue, min(due_at) as "oldestDueAt", jsonb_build_object(
    'waiting', count(*) filter (where enqueued_at is null and due_at <= now() and error is null), 'delayed', count(*) filter (where due_at > now() and error is null),
    'queued', count(*) filter (where enqueued_at is not null and due_at <= now() and error is null), 'retrying', count(*) filter (where error is not null)) as jobs
  from job where done_at is null group by queue order by queue`;
/** Ids of events begin with their time (UUID v7): their indexes find the last hours. Applied may be what was announced a day before. */
const THROUGHPUT = `
  with hours as (select generate_series(date_trunc('hour', now()) - ($1::int - 1) * interval '1 hour', date_trunc('hour', now()), interval '1 hour') as hour),
    announced as (select date_trunc('hour', occurred_at) as hour, count(*)::int as n from outbox where id >= $2::uuid group by 1),
    heard as (select date_trunc('hour', received_at) as hour, count(*)::int as n from inbox where id >= $3 group by 1)
  select hour, coalesce(a.n, 0) as announced, coalesce(h.n, 0) as applied from hours left join announced a using (hour) left join heard h using (hour) order by hour`;
/** As above, of the last hour, with topics. */
const MOVED = `with announced as (select topic, occurred_at as at from outbox where id >= $1::uuid and occurred_at > now() - interval '1 hour'),
    heard as (select topic, received_at as at from inbox where id >= $2 and received_at > now() - interval '1 hour'),
    moved as (select topic, at, 1 as announced, 0 as applied from announced union all select topic, at, 0, 1 from heard)`;
const MINUTES = `${MOVED}, minutes as (select generate_series(date_trunc('minute', now()) - interval '59 minutes', date_trunc('minute', now()), interval '1 minute') as minute)
  select minute, coalesce(sum(announced), 0)::int as announced, coalesce(sum(applied), 0)::int as applied
  from minutes left join moved on date_trunc('minute', moved.at) = minute group by minute order by minute`;
const LAST_MINUTE = `${MOVED} select topic, sum(announced)::int as announced, sum(applied)::int as applied from moved where at > now() - interval '1 minute' group by topic order by topic`;

const HOUR_MS = 3_600_000;

/** The lowest UUID v7 of that time. */
function lowestId(time: number): string {
  const hex = Math.max(0, time).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export async function outboxState(tx: Tx): Promise<object> {
  return { ...(await tx.one(OUTBOX)), parked: await tx.query(REFUSED) };
}

/** Queues that have jobs which are not done. */
export function jobsByQueue(tx: Tx): Promise<(Row & { queue: string })[]> {
  return tx.query(JOBS);
}

/** Each of the last hours, this one too. */
export function throughput(tx: Tx, hours: number): Promise<Row[]> {
  const from = tx.now.getTime() - hours * HOUR_MS;
  return tx.query(THROUGHPUT, [hours, lowestId(from), lowestId(from - 24 * HOUR_MS)]);
}

/** The last hour by minute, and its last 60 seconds by topic. */
export async function pace(tx: Tx): Promise<object> {
  const from = tx.now.getTime() - HOUR_MS;
  const ids = [lowestId(from), lowestId(from - 24 * HOUR_MS)];
  return { at: tx.now.toISOString(), minutes: await tx.query(MINUTES, ids), topics: await tx.query(LAST_MINUTE, ids) };
}
