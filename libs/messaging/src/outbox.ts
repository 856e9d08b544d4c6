import { type EventData, type EventDefinition, MAX_EVENT_BYTES } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';

/** The aggregate an event is about, at the version that this command gave it. */
export interface Subject {
  readonly key: string;
  readonly version: number;
}

interface Pending {
  readonly definition: EventDefinition;
  readonly subject: Subject;
  readonly n: number;
  readonly data: string;
}

const pendingOf = new WeakMap<Tx, Pending[]>();

const INSERT = `insert into outbox (id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, traceparent, data)
  select id, topic, key, version, n, type, $1, $2, $3, $4, data
  from unnest($5::uuid[], $6::text[], $7::text[], $8::int[], $9::int[], $10::text[], $11::text[])
    with ordinality as e(id, topic, key, version, n, type, data, ord) order by ord`;

/**
 * Announces a fact with the transaction: checked against its schema and its size now, written to the outbox as the
 * transaction's last statement, when every row it speaks of is locked, so that row order per key is commit order.
 * Throws where data does not fit the contract: that is a defect of the caller.
 */
export function append<D extends EventDefinition>(tx: Tx, definition: D, subject: Subject, data: EventData<D>): void {
  const body = JSON.stringify(definition.schema.parse(data));
  if (Buffer.byteLength(body) > MAX_EVENT_BYTES) throw new Error(`${definition.type} of ${subject.key} is larger than ${MAX_EVENT_BYTES} bytes`);
  let pending = pendingOf.get(tx);
  if (!pending) {
    pending = [];
    pendingOf.set(tx, pending);
    tx.beforeCommit(() => flush(tx));
  }
  const n = pending.filter((e) => e.definition.topic === definition.topic && e.subject.key === subject.key && e.subject.version === subject.version).length;
  pending.push({ definition, subject, n, data: body });
}

async function flush(tx: Tx): Promise<void> {
  const pending = pendingOf.get(tx)!;
  await tx.execute(INSERT, [
    tx.now,
    tx.cause.correlationId,
    tx.cause.causationId,
    tx.cause.traceparent,
    pending.map(() => v7()),
    pending.map((e) => e.definition.topic),
    pending.map((e) => e.subject.key),
    pending.map((e) => e.subject.version),
    pending.map((e) => e.n),
    pending.map((e) => e.definition.type),
    pending.map((e) => e.data),
  ]);
}
