import { crashPoint } from '@lacollecte/database';
import pg from 'pg';
import { type OutboxRow, toRecord } from './cloud-event.js';
import { Lane } from './lane.js';
import type { MessagingLog } from './log.js';
import { type MessagingObserver, secondsSince, traced, UNOBSERVED } from './observer.js';
import type { SendResult, Transport } from './transport.js';

const BATCH = 500;

/** Always from the lowest unmarked row: a cursor would skip what commits late. A key with a refused row waits behind it. */
const READ = `select o.position, id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, traceparent, data
  from outbox_pending p join outbox o using (position)
  where p.parked_reason is null and not exists (
    select from outbox_pending q join outbox before using (position)
    where q.parked_reason is not null and before.topic = o.topic and before.key = o.key)
  order by p.position limit $1`;

/** Publishes what a service decided, in the order it decided it. One is active per service; the others stand by. */
export function eventRelay(service: string, workerUrl: string, transport: Pick<Transport, 'send'>, log: MessagingLog, observer = UNOBSERVED): Lane {
  return new Lane(`${service} events`, workerUrl, log, (client) => relayEvents(client, transport, log, observer));
}

/** One pass: publishes up to 500 rows and marks exactly those acknowledged. Gives how many are done with; throws to back off. */
export async function relayEvents(client: pg.ClientBase, transport: Pick<Transport, 'send'>, log: MessagingLog, observer: MessagingObserver = UNOBSERVED): Promise<number> {
  const { rows } = await client.query<OutboxRow>({ name: 'relay-read', text: READ, values: [BATCH] });
  if (rows.length === 0) return 0;
  crashPoint('relay-before-publish');
  const begun = performance.now();
  const span = () => ({ kind: 'producer', links: rows.map((row) => row.traceparent), attributes: { 'messaging.operation.name': 'send', 'messaging.batch.message_count': rows.length } }) as const;
  const results = await traced(observer, 'send', span, () => transport.send(rows.map(toRecord)));
  const seconds = secondsSince(begun);
  crashPoint('relay-after-publish');
  const having = (status: SendResult['status']) => rows.filter((_, i) => results[i]!.status === status);
  const acknowledged = having('acknowledged');
  if (acknowledged.length > 0) {
    const marking = client.query({
      name: 'relay-mark',
      text: 'delete from outbox_pending where position = any($1::bigint[])',
      values: [acknowledged.map((row) => row.position)],
    });
    // Sent; whether it commits, nobody here will know.
    crashPoint('relay-in-mark');
    await marking;
  }
  observer.sent(rows, results, seconds);
  const refused = having('refused');
  for (const row of refused) {
    const result = results[rows.indexOf(row)] as { error: Error };
    log.error({ err: result.error, event: row.id, topic: row.topic, key: row.key }, 'event can never be sent; its key waits');
    await client.query('update outbox_pending set parked_reason = $2 where position = $1', [row.position, result.error.message]);
  }
  const failed = results.find((result) => result.status === 'retry');
  if (failed?.status === 'retry') throw failed.error;
  return acknowledged.length + refused.length;
}
