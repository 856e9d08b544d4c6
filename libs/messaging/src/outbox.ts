import { type EventData, type EventDefinition, MAX_EVENT_BYTES } from '@lacollecte/contracts';
import type { Cause, Tx } from '@lacollecte/database';
import { v7 } from 'uuid';

/** The aggregate an event is about, at the version that this command gave it. */
export interface Subject {
  readonly key: string;
  readonly version: number;
}

interface Pending {
  readonly definition: EventDefinition;
  readonly subject: Subject;
  readonly cause: Cause;
  readonly n: number;
  readonly data: string;
}

interface Outgoing {
  readonly events: Pending[];
  /** How many events a (topic, key, version) has so far. */
  readonly counts: Map<string, number>;
}
const outgoingOf = new WeakMap<Tx, Outgoing>();

/** What `tx.wrote` says where there is something to publish. */
export const OUTBOX = 'outbox';

const INSERT = `with announced as (insert into outbox (id, topic, key, version, n, type, occurred_at, correlation_id, causation_id, traceparent, data, actor)
  select id, topic, key, version, n, type, $1, correlation_id, causation_id, traceparent, data, $12
  from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
    with ordinality as e(id, topic, key, version, n, type, correlation_id, causation_id, traceparent, data, ord) order by ord
    returning position)
  insert into outbox_pending (position) select position from announced`;

/**
 * Announces a fact with the transaction: checked against its schema and its size now, written to the outbox as the
 * transaction's last statement, when every row it speaks of is locked, so that row order per key is commit order.
 * Throws where data does not fit the contract: that is a defect of the caller.
 */
export function append<D extends EventDefinition>(tx: Tx, definition: D, subject: Subject, data: EventData<D>): void {
  const body = JSON.stringify(definition.schema.parse(data));
  if (Buffer.byteLength(body) > MAX_EVENT_BYTES) throw new Error(`${definition.type} of ${subject.key} is larger than ${MAX_EVENT_BYTES} bytes`);
  let outgoing = outgoingOf.get(tx.root);
  if (!outgoing) {
    outgoing = { events: [], counts: new Map() };
    outgoingOf.set(tx.root, outgoing);
    tx.withCommit(() => flush(tx.root));
    tx.wrote(OUTBOX);
  }
  const place = `${definition.topic} ${subject.key} ${subject.version}`;
  const n = outgoing.counts.get(place) ?? 0;
  outgoing.counts.set(place, n + 1);
  outgoing.events.push({ definition, subject, cause: tx.cause, n, data: body });
}

function flush(tx: Tx): Promise<number> {
  const pending = outgoingOf.get(tx)!.events;
  return tx.execute(INSERT, [
    tx.now,
    pending.map(() => v7()),
    pending.map((e) => e.definition.topic),
    pending.map((e) => e.subject.key),
    pending.map((e) => e.subject.version),
    pending.map((e) => e.n),
    pending.map((e) => e.definition.type),
    // An aggregate that nothing led to begins a story of its own.
    pending.map((e) => e.cause.correlationId ?? e.subject.key),
    pending.map((e) => e.cause.causationId),
    pending.map((e) => e.cause.traceparent),
    pending.map((e) => e.data),
    tx.actor.subject,
  ]);
}
