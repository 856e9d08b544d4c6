import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceName, topicsConsumedBy } from '@lacollecte/contracts';
import { crashPoint, isTransient, mayBeOwnFault, NO_CAUSE, type Pool, SYSTEM, type Tx } from '@lacollecte/database';
import { applyEvents, type Handlers } from './apply.js';
import { type Decoded, decode } from './cloud-event.js';
import { Poison } from './errors.js';
import { holdParked, park, recordFresh } from './inbox.js';
import type { MessagingLog } from './log.js';
import { type MessagingObserver, secondsSince, traced, UNOBSERVED } from './observer.js';
import { Together } from './together.js';
import type { Consumption, RecordBatch, Transport } from './transport.js';

const MAX_BATCH = 500;
const MAX_BACKOFF_MS = 5_000;
/** What may be an event's own doing (a statement that always takes too long) is tried this often alone: with 6 s between, then it is poison. */
const MOST_TRIES_ALONE = 8;
/** More keys than this parked within a minute is a bug of ours, not poison: the consumer stops, and readiness with it. */
const MAX_KEYS_PARKED_A_MINUTE = 20;

/** Applies the events of other services to this service's database, each once, in the order of their keys. */
export class EventConsumer {
  #consumption: Consumption | null = null;

  constructor(
    private readonly service: ServiceName,
    private readonly worker: Pool,
    private readonly transport: Transport,
    private readonly handlers: Handlers,
    private readonly log: MessagingLog,
    private readonly observer: MessagingObserver = UNOBSERVED,
  ) {}

  /** Why it stopped by itself, or null. */
  get failure(): Error | null {
    return this.#consumption?.failure ?? null;
  }

  /** Partitions held now, e.g. `intake.lot/3`. */
  get assigned(): readonly string[] {
    return this.#consumption?.assigned ?? [];
  }

  async start(): Promise<void> {
    const topics = topicsConsumedBy(this.service);
    if (topics.length === 0) return;
    const together = new Together(MAX_BATCH, (records, signal) => this.apply(records.map(decode), signal));
    this.#consumption = await this.transport.consume({
      group: this.service,
      topics,
      maxBatch: MAX_BATCH,
      onBatch: async (batch) => {
        crashPoint('consumer-after-fetch');
        await together.add(batch);
        crashPoint('consumer-after-commit');
      },
    });
  }

  async stop(): Promise<void> {
    await this.#consumption?.stop();
  }

  /**
   * One transaction for the batch; halves in order where one of it fails for good, or for now by what may be its own doing;
   * the one at fault is parked.
   */
  async apply(batch: readonly Decoded[], signal: RecordBatch['signal']): Promise<void> {
    let suspected = 0;
    for (let delay = 50; ; delay = Math.min(delay * 2, MAX_BACKOFF_MS)) {
      signal.throwIfAborted();
      try {
        const begun = performance.now();
        let duplicates = 0;
        const applied = await this.#transaction(batch, async (tx, trace) => {
          const fresh = await recordFresh(tx, batch);
          duplicates = batch.length - fresh.length;
          if (fresh.length < batch.length) this.log.debug({ duplicates: batch.length - fresh.length }, 'delivered again');
          if (fresh.length === 0) return [];
          const free = await holdParked(tx, fresh);
          const handled = await applyEvents(tx, free, this.handlers, this.observer, trace);
          crashPoint('consumer-in-transaction');
          return handled;
        });
        this.observer.applied({ topic: batch[0]!.record.topic, delivered: batch.length, duplicates, events: applied, seconds: secondsSince(begun) });
        for (const { id, type, key, correlationId } of applied) this.log.info({ event: id, type, key, correlationId }, 'applied');
        return;
      } catch (error) {
        if (mayBeOwnFault(error)) suspected++;
        const most = batch.length > 1 ? 1 : MOST_TRIES_ALONE;
        if (!isTransient(error) || suspected >= most) return this.#isolate(batch, error, signal);
        this.log.warn({ err: error, delay }, 'applying events failed for now; trying again');
        await sleep(delay, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** In a trace a batch is no part of what any of its events belongs to: it is linked to each. */
  #transaction<T>(batch: readonly Decoded[], work: (tx: Tx, trace: string | null) => Promise<T>): Promise<T> {
    const span = () => ({
      kind: 'consumer', links: batch.map(({ event }) => event?.traceparent ?? null),
      attributes: { 'messaging.operation.name': 'process', 'messaging.destination.name': batch[0]!.record.topic, 'messaging.batch.message_count': batch.length },
    }) as const;
    return traced(this.observer, `process ${batch[0]!.record.topic}`, span, (trace) => this.worker.transaction(SYSTEM, NO_CAUSE, (tx) => work(tx, trace)));
  }

  async #isolate(batch: readonly Decoded[], error: unknown, signal: AbortSignal): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    if (batch.length > 1) {
      await this.apply(batch.slice(0, middle), signal);
      return this.apply(batch.slice(middle), signal);
    }
    const [decoded] = batch as [Decoded];
    const reason = error instanceof Poison ? error.reason : 'handler';
    const keys = await this.#park(decoded, reason, error as Error, signal);
    this.observer.parked(decoded, reason);
    this.log.error({ err: error, event: decoded.id, type: decoded.type, key: decoded.key, reason }, 'event parked');
    if (keys > MAX_KEYS_PARKED_A_MINUTE) throw new Error(`${keys} keys parked within a minute; the last: ${(error as Error).message}`);
  }

  /** Gives how many keys were parked in the last minute. */
  async #park(decoded: Decoded, reason: string, error: Error, signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await this.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
          // Its key may have been parked since it was read: then it is held like any other.
          await park(tx, decoded, reason, error.message.slice(0, 4000));
          const row = await tx.one<{ n: number }>(`select count(*)::int as n from parked_key where parked_at > now() - interval '1 minute'`);
          return row!.n;
        });
      } catch (failure) {
        if (!isTransient(failure)) throw failure;
        await sleep(500, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
