import { type EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { v4 } from 'uuid';
import { type ConsumeOptions, type Consumption, OffsetOutOfRange, type Transport } from '../transport.js';

/** A member not heard of for this long has lost its partitions. */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** The guarantee that a record is seen; the wake-up in process is the speed. */
const POLL_MS = 1_000;

/** A migration changed what a prepared statement gives; the pool drops the connection that says so. */
const STALE_PLAN = '0A000';

/** The log that a member reads, and what wakes it. */
interface TopicLog extends Pick<Transport, 'read'> {
  readonly written: EventEmitter;
}

/** What the member was to do with a batch failed; whatever it looks like, it is not the log's connection. */
class BatchFailed extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}

interface Assignment {
  readonly generation: number;
  /** Next offset by `topic/partition`. */
  readonly positions: Map<string, bigint>;
  readonly revoked: AbortController;
}

/** One member of a consumer group of the embedded transport. */
export class EmbeddedConsumption implements Consumption {
  readonly #id = v4();
  readonly #stopping = new AbortController();
  #assignment: Assignment = { generation: -1, positions: new Map(), revoked: new AbortController() };
  #running: Promise<void> = Promise.resolve();
  #beating: Promise<void> = Promise.resolve();
  failure: Error | null = null;

  constructor(
    private readonly pool: pg.Pool,
    private readonly log: TopicLog,
    private readonly options: ConsumeOptions,
  ) {}

  get assigned(): readonly string[] {
    return [...this.#assignment.positions.keys()].sort();
  }

  async join(): Promise<void> {
    const { group, topics } = this.options;
    await this.pool.query('insert into consumer_group (name) values ($1) on conflict do nothing', [group]);
    // Where a new group begins is kept at once: what it has yet to read is not trimmed, even if it never ends its first batch.
    // FOR SHARE: after a trim that runs, or before it.
    await this.pool.query(
      `insert into group_offset (group_name, topic, partition, next)
       select $1, topic, partition, first from partition where topic = any($2) order by topic, partition for share on conflict do nothing`,
      [group, topics],
    );
    await this.#enter();
    this.#beating = this.#heartbeat();
    this.#running = this.#run().catch(async (error: Error) => {
      this.failure = error instanceof BatchFailed ? error.cause : error;
      // A beat in flight would take our place in the group again.
      this.#stopping.abort();
      await this.#beating;
      await this.#leave();
    });
  }

  /** Takes a place in the group, which raises its generation: every member divides the partitions anew. */
  async #enter(): Promise<void> {
    await this.pool.query(
      `with g as (update consumer_group set generation = generation + 1 where name = $1 returning name),
        gone as (delete from member where group_name = $1 and seen_at < now() - $3 * interval '1 ms')
       insert into member (group_name, id, seen_at) select name, $2, clock_timestamp() from g
       on conflict (group_name, id) do update set seen_at = excluded.seen_at`,
      [this.options.group, this.#id, SESSION_MS],
    );
  }

  async #leave(): Promise<void> {
    this.#assignment.revoked.abort();
    this.#assignment = { generation: -1, positions: new Map(), revoked: new AbortController() };
    await this.pool
      .query(
        `with gone as (delete from member where group_name = $1 and id = $2 returning 1)
         update consumer_group set generation = generation + 1 where name = $1 and exists (select from gone)`,
        [this.options.group, this.#id],
      )
      .catch(() => undefined); // a broken connection: the session times out instead
  }

  /** By timer, also while a batch takes long: says that we live, drops who doesn't, and notices a new generation. */
  async #heartbeat(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#beat().catch(() => undefined); // the server is away: tried again
      await sleep(HEARTBEAT_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #beat(): Promise<void> {
    const { rows } = await this.pool.query<{ generation: number; alive: boolean; expired: boolean }>(
      `with me as (update member set seen_at = clock_timestamp() where group_name = $1 and id = $2 returning 1)
       select generation, exists (select from me) as alive,
         exists (select from member where group_name = $1 and id <> $2 and seen_at < now() - $3 * interval '1 ms') as expired
       from consumer_group where name = $1`,
      [this.options.group, this.#id, SESSION_MS],
    );
    const group = rows[0]!;
    if (!group.alive || group.expired) await this.#enter();
    if (group.generation !== this.#assignment.generation) this.#assignment.revoked.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        if (this.#assignment.revoked.signal.aborted || this.#assignment.generation < 0) await this.#assign();
        const worked = await this.#pass();
        if (!worked) await this.#idle();
      } catch (error) {
        if (error instanceof BatchFailed || !isConnectionError(error)) throw error;
        await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Every member computes the same division: partition i of all belongs to member i mod n, both in order. */
  async #assign(): Promise<void> {
    const { rows } = await this.pool.query<{ generation: number; topic: string; partition: number; position: string }>(
      `with m as (select id, row_number() over (order by id) - 1 as i, count(*) over () as n from member where group_name = $1),
        p as (select topic, partition, first, row_number() over (order by topic, partition) - 1 as i from partition where topic = any($3))
       select g.generation, p.topic, p.partition, coalesce(o.next, p.first) as position
       from consumer_group g left join m on m.id = $2 left join p on p.i % m.n = m.i
       left join group_offset o on o.group_name = g.name and o.topic = p.topic and o.partition = p.partition
       where g.name = $1`,
      [this.options.group, this.#id, this.options.topics],
    );
    const held = rows.filter((row) => row.topic !== null);
    this.#assignment = {
      generation: rows[0]!.generation,
      positions: new Map(held.map((row) => [`${row.topic}/${row.partition}`, BigInt(row.position)])),
      revoked: new AbortController(),
    };
  }

  /** Hands over one batch of each partition that has something; false where none had. */
  async #pass(): Promise<boolean> {
    const assignment = this.#assignment;
    const keys = [...assignment.positions.keys()];
    const { rows } = await this.pool.query<{ topic: string; partition: number; first: string; next: string }>({
      name: 'pending',
      text: `select p.topic, p.partition, p.first, p.next from partition p
        join unnest($1::text[], $2::int[], $3::bigint[]) as a(topic, partition, position) using (topic, partition)
        where p.next <> a.position order by p.topic, p.partition`,
      values: [keys.map((k) => k.split('/')[0]), keys.map((k) => Number(k.split('/')[1])), [...assignment.positions.values()].map(String)],
    });
    for (const { topic, partition, first, next } of rows) {
      if (this.#stopping.signal.aborted || assignment.revoked.signal.aborted) return true;
      const position = assignment.positions.get(`${topic}/${partition}`)!;
      if (position < BigInt(first) || position > BigInt(next)) {
        throw new OffsetOutOfRange(this.options.group, topic, partition, position, BigInt(first), BigInt(next));
      }
      await this.#handOver(assignment, topic, partition, position, BigInt(next));
    }
    return rows.length > 0;
  }

  async #handOver(assignment: Assignment, topic: string, partition: number, position: bigint, next: bigint): Promise<void> {
    const records = await this.log.read(topic, partition, position, this.options.maxBatch);
    const signal = AbortSignal.any([this.#stopping.signal, assignment.revoked.signal]);
    if (records.length > 0) {
      try {
        await this.options.onBatch({ topic, partition, records, signal });
      } catch (error) {
        if (signal.aborted) return; // not ours any more, or we stop: whoever comes next gets it again
        throw new BatchFailed(error as Error);
      }
    }
    const behind = records.length > 0 ? records.at(-1)!.offset + 1n : next;
    const { rowCount } = await this.pool.query({
      name: 'commit',
      text: `with g as (select name from consumer_group where name = $1 and generation = $2 for share)
        insert into group_offset (group_name, topic, partition, next) select name, $3, $4, $5 from g
        on conflict (group_name, topic, partition) do update set next = excluded.next`,
      values: [this.options.group, assignment.generation, topic, partition, behind.toString()],
    });
    if (rowCount === 0) assignment.revoked.abort();
    else assignment.positions.set(`${topic}/${partition}`, behind);
  }

  async #idle(): Promise<void> {
    const woken = new AbortController();
    const signal = AbortSignal.any([woken.signal, this.#stopping.signal, this.#assignment.revoked.signal]);
    await Promise.race([
      ...this.options.topics.map((topic) => once(this.log.written, topic, { signal })),
      sleep(POLL_MS, undefined, { signal }),
    ]).catch(() => undefined);
    woken.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#beating;
    if (this.failure === null) await this.#leave();
  }
}

/** The server is away or shutting down; everything else is a defect or a decision for somebody. */
function isConnectionError(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^(08|53|57|58|40|55)/.test(code) || code === STALE_PLAN || /^E[A-Z]+$/.test(code) || /Connection terminated|timeout/.test((error as Error).message);
}
