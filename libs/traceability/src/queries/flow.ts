import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { ENTRIES, nameOf } from '../domain/stages.js';

export const BUCKETS = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof BUCKETS)[number];
const SECONDS: Readonly<Record<Bucket, number>> = { hour: 3_600, day: 86_400, week: 604_800, month: 2_419_200 };
const MOST = 400;

/** Days and months are those of Paris. */
const FLOW = `select date_trunc($1, at, 'Europe/Paris') as bucket, type, count(*)::int as events, sum(devices)::int as devices
  from occurrence where at >= $2 and at < $3 group by 1, 2 order by 1, 2`;

export interface Flow {
  readonly events: { bucket: string; name: string; events: number }[];
  readonly entered: { bucket: string; stage: string; devices: number }[];
}

/** Events by type, and devices that entered each stage (one that comes back enters again), by bucket. @throws DomainError too-many-buckets */
export async function flow(tx: Tx, { from, to, bucket }: { from: string; to: string; bucket: Bucket }): Promise<Flow> {
  if ((Date.parse(to) - Date.parse(from)) / 1000 > MOST * SECONDS[bucket]) throw new DomainError('too-many-buckets', { most: MOST });
  const rows = await tx.query<{ bucket: Date; type: string; events: number; devices: number }>(FLOW, [bucket, from, to]);
  const named = rows.map(({ bucket: start, type, ...row }) => ({ ...row, bucket: start.toISOString(), name: nameOf(type) }));
  return {
    events: named.map(({ devices: _, ...row }) => row),
    entered: named.flatMap(({ name, bucket: start, devices }) => (ENTRIES[name] ? [{ bucket: start, stage: ENTRIES[name], devices }] : [])),
  };
}
