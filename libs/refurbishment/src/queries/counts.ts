import type { Tx } from '@lacollecte/database';

export interface Counts {
  /** Devices by site and state. */
  readonly states: { siteId: string; state: string; devices: number }[];
  /** What waits at each bench, since when the oldest, and how many for a day, a week, longer. */
  readonly benches: { siteId: string; bench: string; devices: number; oldest: string; day: number; week: number; longer: number }[];
  /** Evidence in the review queue. */
  readonly evidenceWaiting: number;
}

/** How much of what is where; of one site, or of all. */
export async function counts(tx: Tx, siteId: string | undefined): Promise<Counts> {
  const site = siteId ?? null;
  const states = await tx.query<Counts['states'][number]>(
    `select site_id as "siteId", state, count(*)::int as devices from device where $1::uuid is null or site_id = $1 group by 1, 2 order by 1, 2`,
    [site],
  );
  const benches = await tx.query<Omit<Counts['benches'][number], 'oldest'> & { oldest: Date }>(
    `select site_id as "siteId", bench, count(*)::int as devices, min(waiting_since) as oldest,
       count(*) filter (where waiting_since > now() - interval '1 day')::int as day,
       count(*) filter (where waiting_since <= now() - interval '1 day' and waiting_since > now() - interval '7 days')::int as week,
       count(*) filter (where waiting_since <= now() - interval '7 days')::int as longer
     from device where bench is not null and ($1::uuid is null or site_id = $1) group by 1, 2 order by 1, 2`,
    [site],
  );
  const evidence = await tx.one<{ n: number }>(`select count(*)::int as n from evidence where state = 'waiting'`);
  return { states, benches: benches.map((bench) => ({ ...bench, oldest: bench.oldest.toISOString() })), evidenceWaiting: evidence?.n ?? 0 };
}
