import type pg from 'pg';
import type { MessagingLog } from '../log.js';

/**
 * Days that the log keeps what every group has read: nobody reads it again but a person who looks, or who sets a group back after a
 * service's database was restored from a backup. The history is in the outboxes. At 50,000 devices a year a month is about 0.2 GB.
 */
export const RETENTION_DAYS = 30;

const TRIM_EVERY_MS = 3_600_000;
/** Records deleted in one transaction: their partition takes no others meanwhile. */
const AT_ONCE = 2_000;

/** A partition that nobody reads has no slowest group. Records are written in the order of their time, so the first young one ends it. */
const TRIM = `
  with slowest as (
    select p.topic, p.partition, p.first, least(p.next, (select min(o.next) from group_offset o where o.topic = p.topic and o.partition = p.partition)) as keep
    from partition p where p.topic = $1 and p.partition = $2
  ), spent as (
    select r."offset", r.at from slowest s join record r using (topic, partition)
    where r."offset" >= s.first and r."offset" < s.keep order by r."offset" limit $4
  ), gone as (
    delete from record r where r.topic = $1 and r.partition = $2 and r."offset" in (
      select "offset" from spent where "offset" < coalesce((select min("offset") from spent where at >= $3), 9223372036854775807))
    returning r."offset"
  ), moved as (
    update partition set first = g.last + 1 from (select max("offset") as last from gone) g where topic = $1 and partition = $2 and g.last is not null
  )
  select count(*)::int as trimmed from gone`;

/** One transaction of one partition. Its row is locked first: a group that begins meanwhile does so before us, or where we end. */
async function trimSome(client: pg.PoolClient, topic: string, partition: number, before: Date): Promise<number> {
  await client.query('begin');
  try {
    await client.query('select from partition where topic = $1 and partition = $2 for update', [topic, partition]);
    const { rows } = await client.query<{ trimmed: number }>(TRIM, [topic, partition, before, AT_ONCE]);
    await client.query('commit');
    return rows[0]!.trimmed;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Deletes records older than `before` from the beginning of each partition, never one that a group has yet to read. Gives how many. */
export async function trimLog(pool: pg.Pool, before: Date, signal?: AbortSignal): Promise<number> {
  const client = await pool.connect();
  let failure: Error | undefined;
  let trimmed = 0;
  try {
    const { rows } = await client.query<{ topic: string; partition: number }>('select topic, partition from partition where first < next order by topic, partition');
    for (const { topic, partition } of rows) {
      for (let some = AT_ONCE; some === AT_ONCE && !signal?.aborted; trimmed += some) some = await trimSome(client, topic, partition, before);
    }
    return trimmed;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

/** Trims a log at once and every hour. Of several processes on one log each does: what one has trimmed the next does not find. */
export class Retention {
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: pg.Pool,
    private readonly days: number,
    private readonly log: MessagingLog,
  ) {
    this.#timer = setInterval(() => this.#trim(), TRIM_EVERY_MS);
    this.#trim();
  }

  #trim(): void {
    this.#running = this.#running.then(async () => {
      try {
        const trimmed = await trimLog(this.pool, new Date(Date.now() - this.days * 86_400_000), this.#stopping.signal);
        if (trimmed > 0) this.log.info({ trimmed, days: this.days }, 'old records trimmed from the log');
      } catch (err) {
        this.log.warn({ err }, 'trimming the log failed for now');
      }
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }
}
