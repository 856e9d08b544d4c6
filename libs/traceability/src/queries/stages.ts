import type { Tx } from '@lacollecte/database';
import type { z } from 'zod';
import { STAGES } from '../domain/stages.js';
import { DEVICE_NOW } from './device-now.js';
import type { WaitingView } from './views.js';

type Waiting = z.output<typeof WaitingView>;
type Row = Omit<Waiting, 'oldestSince' | 'nextDueAt'> & { oldestSince: Date | null; nextDueAt: Date | null };

/** Of what has ended nobody waits. */
const figures = (since: string, due: string, ended: string): string => `count(*)::int as count, min(${since}) filter (where not ${ended}) as "oldestSince",
  (percentile_cont(0.5) within group (order by extract(epoch from now() - ${since})) filter (where not ${ended}))::float8 as "medianSeconds",
  min(${due}) as "nextDueAt", (count(*) filter (where ${due} < now()))::int as overdue`;

const ENDED = `s.stage in ('delivered', 'recycled', 'returned-to-donor', 'lost', 'written-off')`;
const DEVICES = `select s.stage, d.waits_for as "waitsFor", ${figures('d.since', 'd.due_at', ENDED)}
  from arrival a ${DEVICE_NOW} where ($1::uuid is null or d.site_id = $1) group by 1, 2`;
const LOTS = `select state as stage, case state when 'submitted' then 'decision' when 'accepted' then 'collection' when 'receiving' then 'reception' when 'received' then 'devices' end as "waitsFor",
    ${figures('since', 'due_at', `state in ('closed', 'declined', 'cancelled')`)}
  from lot where state <> 'draft' and ($1::uuid is null or site_id = $1) group by 1 order by min(since)`;

const view = ({ oldestSince, nextDueAt, ...row }: Row): Waiting => ({ ...row, oldestSince: oldestSince?.toISOString() ?? null, nextDueAt: nextDueAt?.toISOString() ?? null });

/** How many are where, for how long, what they wait for, and by when. */
export async function stages(tx: Tx, siteId: string | undefined): Promise<{ devices: Waiting[]; lots: Waiting[] }> {
  const devices = await tx.query<Row>(DEVICES, [siteId ?? null]);
  const lots = await tx.query<Row>(LOTS, [siteId ?? null]);
  const place = ({ stage }: Row): number => STAGES.findIndex((one) => one === stage);
  return { devices: devices.toSorted((a, b) => place(a) - place(b) || b.count - a.count).map(view), lots: lots.map(view) };
}
