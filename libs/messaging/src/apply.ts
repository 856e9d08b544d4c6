import { EVENTS } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Decoded } from './cloud-event.js';
import type { ReceivedEvent } from './envelope.js';
import { Poison } from './errors.js';
import type { Applied, EventContext, HandlerOptions, RowLock } from './handler.js';
import { type MessagingObserver, type Span, type SpanStart, UNOBSERVED } from './observer.js';

/** A handler as the strategy found it. */
export interface Handler extends HandlerOptions<never> {
  handle(data: unknown, context: EventContext): Promise<void>;
}
export type Handlers = ReadonlyMap<string, Handler>;

interface Ready {
  readonly handler: Handler;
  readonly event: ReceivedEvent;
}

/** Checks an event against the contract. Null: a type of the contract that this service does not act on. */
function check(decoded: Decoded, handlers: Handlers): Ready | null {
  const { event } = decoded;
  if (event === null) throw new Poison('undecodable', decoded.fault ?? 'undecodable');
  const definition = EVENTS.get(event.type);
  if (!definition) throw new Poison('unknown-type', `${event.type} is not in this version's contract`);
  const handler = handlers.get(event.type);
  if (!handler) return null;
  const parsed = definition.schema.safeParse(event.data);
  if (!parsed.success) throw new Poison('schema', parsed.error.message);
  return { handler, event: { ...event, data: parsed.data } };
}

/** Locks every row the handlers will change, by table and id, so that two batches never wait for each other in a circle. */
async function lockRows(tx: Tx, ready: readonly Ready[]): Promise<void> {
  const byTable = new Map<string, Set<string>>();
  for (const { handler, event } of ready) {
    for (const [table, id] of (handler.locks?.(event.data as never) ?? []) as readonly RowLock[]) {
      const ids = byTable.get(table) ?? new Set();
      byTable.set(table, ids.add(id));
    }
  }
  for (const table of [...byTable.keys()].sort()) {
    await tx.query(`select from ${table} where id = any($1::uuid[]) order by id for update`, [[...byTable.get(table)!].sort()]);
  }
}

function spanOf(event: ReceivedEvent, batchTrace: string | null): SpanStart {
  return {
    kind: 'consumer', parent: event.traceparent, links: [batchTrace],
    attributes: { 'messaging.operation.name': 'apply', 'messaging.destination.name': event.topic, 'messaging.message.id': event.id, 'messaging.message.conversation_id': event.correlationId ?? event.key },
  };
}

/**
 * Applies events in order, within `tx`, and gives those that had a handler. Throws what the first failing one throws; then
 * nothing of them may be kept. In a trace each event goes on where it comes from; `batch` and event are linked.
 */
export async function applyEvents(
  tx: Tx, batch: readonly Decoded[], handlers: Handlers, observer: MessagingObserver = UNOBSERVED, batchTrace: string | null = null,
): Promise<ReceivedEvent[]> {
  const ready = batch.map((decoded) => check(decoded, handlers)).filter((item) => item !== null);
  await lockRows(tx, ready);
  for (let i = 0; i < ready.length; ) {
    const { handler } = ready[i]!;
    let end = i + 1;
    while (handler.batch && end < ready.length && ready[end]!.handler === handler) end++;
    const spans: Span[] = [];
    const each: Applied[] = ready.slice(i, end).map(({ event }) => {
      const span = observer.trace(`apply ${event.type}`, () => spanOf(event, batchTrace));
      if (span) spans.push(span);
      return { event, tx: tx.because({ correlationId: event.correlationId, causationId: event.id, traceparent: span?.traceparent ?? event.traceparent }) };
    });
    const data = handler.batch ? each.map(({ event }) => event.data) : each[0]!.event.data;
    try {
      await handler.handle(data, { ...each[0]!, each });
    } catch (error) {
      for (const span of spans) span.end(error);
      throw error;
    }
    for (const span of spans) span.end();
    i = end;
  }
  return ready.map(({ event }) => event);
}
