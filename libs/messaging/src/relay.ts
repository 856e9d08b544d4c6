import { crashPoint } from '@lacollecte/database';
import pg from 'pg';
import { type OutboxRow, toRecord } from './cloud-event.js';
import { Lane } from './lane.js';
import type { MessagingLog } from './log.js';
import { type MessagingObserver, secondsSince, traced, UNOBSERVED } from './observer.js';
import type { SendResult, Transport } from './transport.js';

const BATCH = 500;
/** After so many the lane looks whether it is to stop. */
const BATCHES_A_PASS = 20;

/**
 * Always from the lowest unmarked row that is not under way ($2): a cursor would skip what commits late. A key with a refused
 * row waits behind it.
 */
const READ = `select o.position, id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, actor, traceparent, data
  from outbox_pending p join outbox o using (position)
  where p.parked_reason is null and p.position not in (select unnest($2::bigint[])) and not exists (
    select from outbox_pending q join outbox before using (position)
    where q.parked_reason is not null and before.topic = o.topic and before.key = o.key)
  order by p.position limit $1`;

/** Publishes what a service decided, in the order it decided it. One is active per service; the others stand by. */
export function eventRelay(service: string, workerUrl: string, transport: Pick<Transport, 'send'>, log: MessagingLog, observer = UNOBSERVED): Lane {
  return new Lane(`${service} events`, workerUrl, log, (client) => relayEvents(client, transport, log, observer));
}

/**
 * One pass: publishes what waits, 500 rows at a time, and marks exactly those acknowledged. The next rows are read, and the last
 * are marked, while some are on their way; they are sent only when all before them are acknowledged. Gives how many are done with; throws to back off.
 */
export async function relayEvents(client: pg.ClientBase, transport: Pick<Transport, 'send'>, log: MessagingLog, observer: MessagingObserver = UNOBSERVED): Promise<number> {
  let done = 0;
  let marking: Promise<unknown> = Promise.resolve();
  let rows = await read(client, []);
  for (let batch = 1; rows.length > 0; batch++) {
    const more = rows.length === BATCH && batch < BATCHES_A_PASS;
    crashPoint('relay-before-publish');
    const [{ results, seconds }, next] = await Promise.all([send(rows, transport, observer), more ? read(client, rows) : [], marking]);
    crashPoint('relay-after-publish');
    const having = (status: SendResult['status']) => rows.filter((_, i) => results[i]!.status === status);
    const acknowledged = having('acknowledged');
    marking = mark(client, acknowledged);
    observer.sent(rows, results, seconds);
    done += acknowledged.length;
    if (acknowledged.length < rows.length) {
      await marking;
      return done + (await setAside(client, rows, results, log));
    }
    rows = next;
  }
  await marking;
  return done;
}

async function read(client: pg.ClientBase, underWay: readonly OutboxRow[]): Promise<OutboxRow[]> {
  const { rows } = await client.query<OutboxRow>({ name: 'relay-read', text: READ, values: [BATCH, underWay.map((row) => row.position)] });
  return rows;
}

async function send(rows: readonly OutboxRow[], transport: Pick<Transport, 'send'>, observer: MessagingObserver): Promise<{ results: SendResult[]; seconds: number }> {
  const begun = performance.now();
  const span = () => ({ kind: 'producer', links: rows.map((row) => row.traceparent), attributes: { 'messaging.operation.name': 'send', 'messaging.batch.message_count': rows.length } }) as const;
  const results = await traced(observer, 'send', span, () => transport.send(rows.map(toRecord)));
  return { results, seconds: secondsSince(begun) };
}

async function mark(client: pg.ClientBase, acknowledged: readonly OutboxRow[]): Promise<void> {
  if (acknowledged.length === 0) return;
  const marking = client.query({
    name: 'relay-mark',
    text: 'delete from outbox_pending where position = any($1::bigint[])',
    values: [acknowledged.map((row) => row.position)],
  });
  // Sent; whether it commits, nobody here will know.
  crashPoint('relay-in-mark');
  await marking;
}

/** Parks what was refused, and gives how many that are. @throws where some are to be sent again */
async function setAside(client: pg.ClientBase, rows: readonly OutboxRow[], results: readonly SendResult[], log: MessagingLog): Promise<number> {
  let refused = 0;
  for (const [i, result] of results.entries()) {
    if (result.status !== 'refused') continue;
    const row = rows[i]!;
    log.error({ err: result.error, event: row.id, topic: row.topic, key: row.key }, 'event can never be sent; its key waits');
    await client.query('update outbox_pending set parked_reason = $2 where position = $1', [row.position, result.error.message]);
    refused++;
  }
  const failed = results.find((result) => result.status === 'retry');
  if (failed?.status === 'retry') throw failed.error;
  return refused;
}
