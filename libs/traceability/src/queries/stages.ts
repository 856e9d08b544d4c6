import { DomainError } from '@lacollecte/contracts';
import type { Row, Tx } from '@lacollecte/database';
import { ALL_DEVICES, DEADLINE, NOW, REASON, SINCE, SITE, STAGE, STAGES } from './device-now.js';

/** Devices that are past waiting are counted, not aged. */
const DEVICES = `with here as (select ${STAGE} as stage, ${SINCE} as since, ${REASON} as reason, ${DEADLINE} as deadline from ${ALL_DEVICES} ${NOW}
    where $1::uuid is null or ${SITE} = $1),
  reasons as (select stage, jsonb_agg(jsonb_build_object('code', reason, 'devices', n) order by n desc, reason) as reasons
    from (select stage, reason, count(*)::int as n from here where reason is not null group by stage, reason) r group by stage)
  select h.stage, count(*)::int as devices, min(h.since) filter (where h.reason is not null) as "oldestAt",
    percentile_cont(0.5) within group (order by extract(epoch from now() - h.since)::float8) filter (where h.reason is not null) as "medianSeconds",
    min(h.deadline) as "deadline", coalesce(r.reasons, '[]') as reasons
  from here h left join reasons r on r.stage = h.stage group by h.stage, r.reasons`;
/** What was promised and has not come. */
const DECLARED = `with here as (select awaited, since, case state when 'submitted' then 'awaits-acceptance' when 'accepted' then 'awaits-collection' else 'awaits-reception' end as reason
    from lot where state in ('submitted', 'accepted', 'receiving') and awaited > 0 and ($1::uuid is null or site_id = $1))
  select 'declared' as stage, coalesce(sum(awaited), 0)::int as devices, min(since) as "oldestAt",
    percentile_cont(0.5) within group (order by extract(epoch from now() - since)::float8) as "medianSeconds", null::timestamptz as "deadline",
    coalesce((select jsonb_agg(jsonb_build_object('code', reason, 'devices', n) order by n desc, reason) from (select reason, sum(awaited)::int as n from here group by reason) r), '[]') as reasons
  from here`;

export interface Stage extends Row {
  readonly stage: string;
}

/** How many devices are at each stage, since when, and why they wait. */
export async function stages(tx: Tx, siteId: string | null): Promise<Stage[]> {
  const rows = [...(await tx.query<Stage>(DECLARED, [siteId])), ...(await tx.query<Stage>(DEVICES, [siteId]))];
  const empty = { devices: 0, oldestAt: null, medianSeconds: null, deadline: null, reasons: [] };
  return STAGES.map((stage) => rows.find((row) => row.stage === stage) ?? { stage, ...empty });
}

const HOUR_MS = 3_600_000;
export const BUCKETS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 28 * 24 * HOUR_MS } as const;
export type Bucket = keyof typeof BUCKETS;
const MOST_BUCKETS = 1_000;

export interface FlowQuery {
  readonly from: Date;
  readonly to: Date;
  readonly bucket: Bucket;
}

const AT = (column: string) => `date_trunc($3, ${column}, 'Europe/Paris')`;
/** Ids begin with their time, which is never before the event's own: the key's index finds them. */
const EVENTS = `select ${AT('at')} as at, type, count(*)::int as events from occurrence
  where id >= $4::uuid and id < $5::uuid and at >= $1::timestamptz and at < $2::timestamptz group by 1, 2 order by 1, 2`;
const entered = (stage: string, table: string, column: string, n = 'count(*)'): string =>
  `select ${AT(column)} as at, '${stage}' as stage, ${n}::int as devices from ${table} where ${column} >= $1::timestamptz and ${column} < $2::timestamptz group by 1`;
const ENTERED = `${[
  entered('declared', 'lot', 'submitted_at', 'sum(declared)'), entered('received', 'device', 'received_at'), entered('ready', 'device_work', 'ready_at'), entered('stocked', 'item', 'stocked_at'),
  entered('delivered', 'device_work', 'delivered_at'), entered('recycled', 'device_work', 'recycled_at'),
].join(' union all ')} order by 1, 2`;

/** The lowest UUID v7 of that time. */
function lowestId(time: number): string {
  const hex = Math.max(0, time).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * Events by type, and the devices that came to each stage (the last time they did), by hour, day, week or month of Europe/Paris.
 * @throws DomainError flow-too-long
 */
export async function flow(tx: Tx, { from, to, bucket }: FlowQuery): Promise<{ events: object[]; entered: object[] }> {
  if ((to.getTime() - from.getTime()) / BUCKETS[bucket] > MOST_BUCKETS) throw new DomainError('flow-too-long', { most: MOST_BUCKETS });
  const times = [from, to, bucket];
  const events = await tx.query(EVENTS, [...times, lowestId(from.getTime()), lowestId(to.getTime() + HOUR_MS)]);
  return { events, entered: await tx.query(ENTERED, times) };
}
