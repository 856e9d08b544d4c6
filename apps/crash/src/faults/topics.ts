import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName, topicsConsumedBy } from '@lacollecte/contracts';
import { kafkaClient, type OutboxRow } from '@lacollecte/messaging';
import type pg from 'pg';
import { withDatabases } from './backlog.js';
import { type Distributed, silent } from './distributed.js';
import { type Ground, struck } from './fault.js';

const ROWS = `select position, id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, actor, traceparent, data from outbox where position > $1 order by position limit 2000`;
const PENDING = `select o.position, id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, actor, traceparent, data from outbox_pending join outbox o using (position) order by position`;
const HEARD_MS = 60_000;

/** What a service has decided after `position`, as its relay reads it. */
export async function decidedAfter(database: pg.Client, position: string): Promise<OutboxRow[]> {
  return (await database.query<OutboxRow>(ROWS, [position])).rows;
}

/**
 * Stands in for every service's relay: none publishes while people work on for `ms`; then `instead` gets what each has not
 * published. After that the relays go on, and publish all of it themselves.
 */
export function insteadOfRelays(ground: Ground, ms: number, instead: (pending: ReadonlyMap<ServiceName, OutboxRow[]>) => Promise<void>): Promise<void> {
  return withDatabases(ground.system, async (databases) => {
    for (const [service, database] of databases) {
      const lane = `${service} events`;
      // We wait for the lock; whoever has it loses its connection.
      const locked = database.query('select pg_advisory_lock(hashtextextended($1, 0))', [lane]);
      await withDatabases(ground.system, async (others) => {
        const holders = `select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l using (pid) where a.application_name = $1 and a.datname = current_database() and l.locktype = 'advisory' and l.granted`;
        await others.get(service)!.query(holders, [`lane ${lane}`]);
      });
      await locked;
    }
    await sleep(ms);
    const pending = new Map<ServiceName, OutboxRow[]>();
    for (const [service, database] of databases) pending.set(service, (await database.query<OutboxRow>(PENDING)).rows);
    await instead(pending);
  });
}

/** Waits until every group has read what its topics hold by now. @throws NotStruck */
export async function untilRead({ transport }: Distributed): Promise<number> {
  const admin = kafkaClient(transport, silent).admin();
  await admin.connect();
  try {
    const ends = new Map<string, bigint>();
    for (const topic of new Set(SERVICES.flatMap(topicsConsumedBy))) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) ends.set(`${topic}/${partition}`, BigInt(high));
    }
    for (const deadline = Date.now() + HEARD_MS; ; await sleep(200)) {
      let [records, behind] = [0n, 0n];
      for (const groupId of SERVICES) {
        const topics = topicsConsumedBy(groupId);
        for (const { topic, partitions } of topics.length > 0 ? await admin.fetchOffsets({ groupId, topics }) : []) {
          for (const { partition, offset } of partitions) {
            const end = ends.get(`${topic}/${partition}`)!;
            const at = BigInt(offset) < 0n ? 0n : BigInt(offset);
            records += end;
            if (at < end) behind += end - at;
          }
        }
      }
      if (behind === 0n) return Number(records);
      struck(Date.now() < deadline, `${behind} records were not read within ${HEARD_MS / 1000} s`);
    }
  } finally {
    await admin.disconnect();
  }
}
