import { topicsConsumedBy } from '@lacollecte/contracts';
import { type Database, NO_CAUSE, SYSTEM } from '@lacollecte/database';
import { type EventConsumer, PLATFORM_MIGRATIONS, TOPIC_SPECS, type Transport } from '@lacollecte/messaging';
import type { ServiceDefinition } from '../service.js';
import type { ServiceObserver } from './service-observer.js';

/** Beyond this, times of ours can't be compared with those of the database; also the difference that certificates and tokens allow. */
export const MOST_SKEW_SECONDS = 60;
/** A consumer that could read and has not come on for so long is started again. A batch is over in a second; 20 poisoned events in it take two minutes. */
export const STALLED_SECONDS = 180;
/** A probe is given up by who asks after some seconds; an answer with a reason is better. */
const PATIENCE_MS = 4_000;

/** Why not; empty where all is well. */
export type Reasons = readonly string[];

export interface ProbeSubject {
  readonly definition: ServiceDefinition;
  readonly database: Database;
  readonly transport: Transport;
  readonly observer: ServiceObserver;
  /** Undefined until it has been started. */
  consumer(): EventConsumer | undefined;
}

/** Whether a process is to be started again (`live`), and whether it is to get requests (`ready`). */
export class Probes {
  #stopping = false;
  #migrated = false;
  readonly #seen = new Map<string, { committed: bigint; at: number }>();

  constructor(
    readonly subject: ProbeSubject,
    private readonly stalledSeconds = STALLED_SECONDS,
    private readonly clock: () => number = Date.now,
  ) {}

  get stopping(): boolean {
    return this.#stopping;
  }

  /** From now on: not ready. */
  stop(): void {
    this.#stopping = true;
  }

  /** Only what starting again can heal: not a database or a broker that is away. */
  async live(): Promise<Reasons> {
    const consumer = this.subject.consumer();
    if (consumer?.failure) return [`the consumer has stopped: ${consumer.failure.message}`];
    try {
      await within(this.#databaseTime());
      return await within(this.#stalled(consumer?.assigned ?? []));
    } catch {
      this.#seen.clear();
      return [];
    }
  }

  /** Partitions of ours where something waits, and neither their offset nor any batch of their topic has moved for too long. */
  async #stalled(assigned: readonly string[]): Promise<string[]> {
    const { definition, transport, observer } = this.subject;
    const reasons: string[] = [];
    const now = this.clock();
    for (const { topic, partition, committed, end } of await transport.lag(definition.name, topicsConsumedBy(definition.name))) {
      const place = `${topic}/${partition}`;
      const seen = this.#seen.get(place);
      if (committed >= end || !assigned.includes(place)) this.#seen.delete(place);
      else if (seen?.committed !== committed) this.#seen.set(place, { committed, at: now });
      else {
        const seconds = Math.round((now - Math.max(seen.at, observer.progressOf(topic))) / 1000);
        if (seconds >= this.stalledSeconds) reasons.push(`${place} has waited at offset ${committed} of ${end} for ${seconds} s`);
      }
    }
    return reasons;
  }

  async ready(): Promise<Reasons> {
    if (this.#stopping) return ['the process is stopping'];
    const failure = this.subject.consumer()?.failure;
    const found = await Promise.all([failure ? `the consumer has stopped: ${failure.message}` : null, this.#database(), this.#transport()]);
    return found.filter((reason) => reason !== null);
  }

  /** This clock less the database's, in seconds. */
  async skew(): Promise<number> {
    const before = this.clock();
    const there = await this.#databaseTime();
    return ((before + this.clock()) / 2 - there.getTime()) / 1000;
  }

  async #database(): Promise<string | null> {
    try {
      const skew = await within(this.skew());
      if (Math.abs(skew) > MOST_SKEW_SECONDS) return `this clock and the database's differ by ${Math.round(skew)} s`;
      const missing = this.#migrated ? [] : await within(this.#missing());
      this.#migrated = missing.length === 0;
      return this.#migrated ? null : `the database lacks the migrations ${missing.join(', ')}`;
    } catch (error) {
      return `the database does not answer: ${(error as Error).message}`;
    }
  }

  async #transport(): Promise<string | null> {
    try {
      await within(this.subject.transport.requireTopics(TOPIC_SPECS.slice(0, 1)));
      return null;
    } catch (error) {
      return `the transport does not answer: ${(error as Error).message}`;
    }
  }

  async #databaseTime(): Promise<Date> {
    const { worker } = this.subject.database;
    const row = await worker.transaction(SYSTEM, NO_CAUSE, (tx) => tx.one<{ now: Date }>('select clock_timestamp() as now'));
    return row!.now;
  }

  async #missing(): Promise<string[]> {
    const needed = [...PLATFORM_MIGRATIONS, ...this.subject.definition.migrations].map(({ name }) => name);
    const rows = await this.subject.database.worker.transaction(SYSTEM, NO_CAUSE, (tx) => tx.query<{ name: string }>('select name from public.migration'));
    const there = new Set(rows.map(({ name }) => name));
    return needed.filter((name) => !there.has(name));
  }
}

/** @throws Error once patience is at its end; what was asked goes on by itself */
async function within<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)));
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
