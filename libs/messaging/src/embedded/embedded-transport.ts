import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { MessagingLog } from '../log.js';
import { partitionOf } from '../partitioner.js';
import {
  type ConsumeOptions, type Consumption, keysWouldMove, MAX_RECORD_BYTES, type OutgoingRecord, type PartitionLag, type ReceivedRecord, recordBytes, requireAll, type SendResult,
  type TopicSpec, type Transport,
} from '../transport.js';
import { EmbeddedConsumption } from './embedded-consumption.js';
import { Retention, trimLog } from './retention.js';

/** Locks the partitions in order, takes their next offsets and writes the records, in one statement and so one commit. */
const SEND = `
  with input as (
    select * from unnest($1::text[], $2::int[], $3::bytea[], $4::text[], $5::bytea[]) with ordinality as i(topic, partition, key, headers, value, ord)
  ), counted as (
    select topic, partition, count(*) as n from input group by topic, partition
  ), locked as (
    select p.topic, p.partition, c.n from partition p join counted c using (topic, partition) order by p.topic, p.partition for update of p
  ), taken as (
    update partition p set next = p.next + l.n from locked l where p.topic = l.topic and p.partition = l.partition
    returning p.topic, p.partition, p.next - l.n as base
  )
  insert into record (topic, partition, "offset", key, headers, value)
  select i.topic, i.partition, t.base + row_number() over (partition by i.topic, i.partition order by i.ord) - 1, i.key, i.headers, i.value
  from input i join taken t using (topic, partition)`;

const READ = `select topic, partition, "offset", at, key, headers, value from record
  where topic = $1 and partition = $2 and "offset" >= $3 order by "offset" limit $4`;

const LAG = `select p.topic, p.partition, coalesce(o.next, p.first) as committed, p.next as end, r.at as "nextAt"
  from partition p left join group_offset o on o.group_name = $1 and o.topic = p.topic and o.partition = p.partition
  left join lateral (select at from record r where r.topic = p.topic and r.partition = p.partition and r."offset" >= coalesce(o.next, p.first)
    order by r."offset" limit 1) r on true
  where p.topic = any($2) order by p.topic, p.partition`;

interface RecordRow {
  topic: string;
  partition: number;
  offset: string;
  at: Date;
  key: Buffer | null;
  headers: string;
  value: Buffer | null;
}

/** Headers are bytes; kept as JSON of latin-1 strings, which holds every byte. */
function encodeHeaders(headers: Readonly<Record<string, Buffer>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toString('latin1')])));
}

function toRecord(row: RecordRow): ReceivedRecord {
  const headers = Object.entries(JSON.parse(row.headers) as Record<string, string>);
  return {
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.offset),
    timestamp: row.at,
    key: row.key,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value, 'latin1')])),
    value: row.value,
  };
}

/** The event transport of the standalone system: a topic log in PostgreSQL. */
export class EmbeddedTransport implements Transport {
  readonly #pool: pg.Pool;
  readonly #partitions = new Map<string, number>();
  readonly #consumptions = new Set<EmbeddedConsumption>();
  #retention: Retention | undefined;
  /** Emits a topic's name when something was written to it in this process; others find it by polling. */
  readonly written = new EventEmitter().setMaxListeners(0);

  constructor(url: string, max = 8) {
    this.#pool = new pg.Pool({ connectionString: url, max, application_name: 'transport' });
    this.#pool.on('error', () => undefined); // an idle connection that breaks is replaced at its next use
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    for (const { topic, partitions } of topics) {
      await this.#pool.query('insert into topic (name, partitions) values ($1, $2) on conflict do nothing', [topic, partitions]);
      const there = await this.#lookUp(topic);
      if (there !== partitions) throw keysWouldMove(topic, there, partitions);
      await this.#pool.query('insert into partition (topic, partition) select $1, generate_series(0, $2::int - 1) on conflict do nothing', [topic, partitions]);
    }
  }

  async requireTopics(topics: readonly TopicSpec[]): Promise<void> {
    const found = await Promise.all(topics.map(async (spec) => ({ ...spec, there: await this.#lookUp(spec.topic) })));
    requireAll(found);
  }

  async send(records: readonly OutgoingRecord[]): Promise<SendResult[]> {
    const results: SendResult[] = [];
    const placed: { record: OutgoingRecord; partition: number; index: number }[] = [];
    const refused = new Set<string>();
    for (const [index, record] of records.entries()) {
      const partitions = this.#partitions.get(record.topic) ?? (await this.#lookUp(record.topic));
      const size = recordBytes(record);
      const place = `${record.topic} ${record.key}`;
      if (record.key !== null && refused.has(place)) results[index] = { status: 'held' };
      else if (partitions !== undefined && size <= MAX_RECORD_BYTES) placed.push({ record, partition: partitionOf(record.key, partitions), index });
      else {
        refused.add(place);
        results[index] = { status: 'refused', error: new Error(partitions === undefined ? `no topic ${record.topic}` : `record of ${size} bytes; at most ${MAX_RECORD_BYTES}`) };
      }
    }
    if (placed.length === 0) return results;
    try {
      await this.#pool.query({
        name: 'send',
        text: SEND,
        values: [
          placed.map((p) => p.record.topic),
          placed.map((p) => p.partition),
          placed.map((p) => (p.record.key === null ? null : Buffer.from(p.record.key))),
          placed.map((p) => encodeHeaders(p.record.headers)),
          placed.map((p) => p.record.value),
        ],
      });
      for (const { partition, index } of placed) results[index] = { status: 'acknowledged', partition };
      for (const topic of new Set(placed.map((p) => p.record.topic))) this.written.emit(topic);
    } catch (error) {
      for (const { index } of placed) results[index] = { status: 'retry', error: error as Error };
    }
    return results;
  }

  async #lookUp(topic: string): Promise<number | undefined> {
    const { rows } = await this.#pool.query<{ partitions: number }>('select partitions from topic where name = $1', [topic]);
    if (rows[0]) this.#partitions.set(topic, rows[0].partitions);
    return rows[0]?.partitions;
  }

  async consume(options: ConsumeOptions): Promise<Consumption> {
    const consumption = new EmbeddedConsumption(this.#pool, this, options);
    this.#consumptions.add(consumption);
    await consumption.join();
    return consumption;
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const { rows } = await this.#pool.query<{ topic: string; partition: number; committed: string; end: string; nextAt: Date | null }>({ name: 'lag', text: LAG, values: [group, topics] });
    return rows.map((row) => ({ ...row, committed: BigInt(row.committed), end: BigInt(row.end) }));
  }

  async read(topic: string, partition: number, offset: bigint, limit: number): Promise<ReceivedRecord[]> {
    const { rows } = await this.#pool.query<RecordRow>({ name: 'read', text: READ, values: [topic, partition, offset.toString(), limit] });
    return rows.map(toRecord);
  }

  /** Deletes records older than `before`, never one that a group has yet to read. Returns how many. */
  trim(before: Date): Promise<number> {
    return trimLog(this.#pool, before);
  }

  /** From now until it is closed, records older than this go, by and by. */
  keepFor(days: number, log: MessagingLog): this {
    this.#retention ??= new Retention(this.#pool, days, log);
    return this;
  }

  async close(): Promise<void> {
    await this.#retention?.stop();
    await Promise.all([...this.#consumptions].map((consumption) => consumption.stop()));
    await this.#pool.end();
  }
}
