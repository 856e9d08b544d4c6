import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { crashPoint } from '@lacollecte/database';
import type { MessagingLog } from '../log.js';
import type { ConsumeOptions, Consumption, OffsetOutOfRange, RecordBatch } from '../transport.js';
import { type Consumer, type EachBatchPayload, FETCH_WAIT_MS, kafkaClient, type LogEntry, received, RETRY } from './kafkajs.js';

/** A member not heard of for this long has lost its partitions; so has one whose batch lasts so long when others wait for it. */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 1_000;
const RESTART_MS = 1_000;
/** Of so many partitions batches are handed over at once, for nothing more is fetched until all that was is done. */
const PARTITIONS_AT_ONCE = 24;

/** Ends the consumer for good: kafkajs neither tries again nor begins anew. (It unwraps a `cause`, hence the other name.) */
class Stop extends Error {
  readonly retriable = false;
  constructor(readonly why: Error | { readonly topic: string; readonly partition: number }) {
    super('the consumer stops');
  }
}

/** What of kafkajs's errors says that this member has lost its place in the group. */
const EVICTED = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID']);

/** One member of a Kafka consumer group. It begins anew after whatever happens to the broker; never after a failure of its batch. */
export class KafkaConsumption implements Consumption {
  readonly #stopping = new AbortController();
  #consumer: Consumer | null = null;
  #restarting: Promise<void> = Promise.resolve();
  #inHand: Promise<unknown> = Promise.resolve();
  #assigned: readonly string[] = [];
  failure: Error | null = null;

  constructor(
    private readonly url: string,
    private readonly log: MessagingLog,
    private readonly options: ConsumeOptions,
    private readonly outOfRange: (group: string, topic: string, partition: number) => Promise<OffsetOutOfRange>,
  ) {}

  get assigned(): readonly string[] {
    return this.#assigned;
  }

  async join(): Promise<void> {
    const { group, topics } = this.options;
    const consumer = kafkaClient(this.url, this.log, stopOutOfRange).consumer({
      groupId: group,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}/${partition}`)).sort();
    });
    consumer.on(consumer.events.REBALANCING, () => {
      this.#assigned = [];
      crashPoint('consumer-in-rebalance');
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#crashed(payload.error));
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: PARTITIONS_AT_ONCE, eachBatch: (payload) => this.#eachBatch(payload) });
  }

  async #crashed(error: Error): Promise<void> {
    this.#assigned = [];
    const why = whyOf(error);
    if (why instanceof Error) this.failure = why;
    else if (why) this.failure = await this.outOfRange(this.options.group, why.topic, why.partition);
    else if (!this.#stopping.signal.aborted) {
      this.log.warn({ err: error, group: this.options.group }, 'consumer failed for now; beginning anew');
      this.#restarting = this.#restart();
    }
  }

  async #restart(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await sleep(RESTART_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return;
      try {
        return await this.join();
      } catch (err) {
        this.log.warn({ err, group: this.options.group }, 'broker out of reach; trying again');
        await this.#consumer?.disconnect().catch(() => undefined);
      }
    }
  }

  async #eachBatch({ batch, heartbeat, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const evicted = new AbortController();
    // By timer, also while a batch takes long. Other errors pass, or the session ends.
    const beat = (): Promise<void> => heartbeat().catch(({ type }: { type?: string }) => {
      if (EVICTED.has(type ?? '')) evicted.abort();
    });
    const beating = setInterval(() => void beat(), HEARTBEAT_MS);
    const signal = AbortSignal.any([this.#stopping.signal, evicted.signal]);
    // Others wait for us to join again: a batch that takes long ends behind our back, and the inbox keeps it from being done twice.
    const lost = once(evicted.signal, 'abort');
    try {
      for (let from = 0; from < batch.messages.length && !signal.aborted; from += this.options.maxBatch) {
        const records = batch.messages.slice(from, from + this.options.maxBatch).map((message) => received(topic, partition, message));
        await Promise.race([this.#handOver({ topic, partition, records, signal }), lost]);
        if (signal.aborted) return;
        const last = records.at(-1)!.offset;
        // Carries the generation: refused where the partition was given to another meanwhile, and then we join again.
        await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: (last + 1n).toString() }] }] });
        resolveOffset(last.toString());
      }
    } finally {
      clearInterval(beating);
    }
  }

  async #handOver(batch: RecordBatch): Promise<void> {
    const work = this.options.onBatch(batch).catch((error: Error) => {
      // Not ours any more, or we stop: whoever comes next gets it again.
      if (!batch.signal.aborted) throw new Stop(error);
    });
    this.#inHand = Promise.allSettled([this.#inHand, work]);
    return work;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    await this.#inHand;
    await this.#consumer?.disconnect();
    this.#assigned = [];
  }
}

/**
 * kafkajs would set the group to the first offset and go on. It says so in its log before it does, and that is the only place
 * where it can be kept from it.
 */
function stopOutOfRange({ log }: LogEntry): void {
  if (log.message === 'Offset out of range, resetting to default offset') throw new Stop({ topic: log.topic as string, partition: log.partition as number });
}

function whyOf(error: unknown): Stop['why'] | undefined {
  if (error instanceof Stop) return error.why;
  return error instanceof Error && error.cause ? whyOf(error.cause) : undefined;
}
