import { setTimeout as sleep } from 'node:timers/promises';
import { v4 } from 'uuid';
import type { MessagingLog } from '../log.js';
import { partitionOf } from '../partitioner.js';
import {
  type ConsumeOptions, type Consumption, keysWouldMove, MAX_RECORD_BYTES, OffsetOutOfRange, type OutgoingRecord, type PartitionLag, type ReceivedRecord, recordBytes, requireAll, type SendResult,
  type TopicSpec, type Transport,
} from '../transport.js';
import { KafkaConsumption } from './kafka-consumption.js';
import { kafkaLag } from './kafka-lag.js';
import { type Admin, connected, type EachBatchPayload, FETCH_WAIT_MS, type Kafka, kafkaClient, type Producer, received, RETRY } from './kafkajs.js';

/** How long the leader waits for the in-sync replicas. */
const ACKNOWLEDGE_MS = 10_000;
/** So long a new topic may take to be served. */
const LED_MS = 30_000;
/** Of one partition in one request: below the 1 MiB that a broker takes as one batch. */
const MAX_BATCH_BYTES = 900_000;

interface Placed {
  readonly record: OutgoingRecord;
  readonly index: number;
}

/** Waits until the leader of each partition takes records: a broker hears of a new topic after it has been made, and of being its leader later still. */
async function led(admin: Admin, topic: string): Promise<void> {
  for (const deadline = Date.now() + LED_MS; ; await sleep(50)) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** The records of one partition that travel together. */
interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly records: Placed[];
}

/** Events on Apache Kafka. The relay is the only one that tries again, and the inbox removes what came twice. */
export class KafkaTransport implements Transport {
  readonly #kafka: Kafka;
  readonly #partitions = new Map<string, number>();
  readonly #consumptions = new Set<KafkaConsumption>();
  #admin: Promise<Admin> | null = null;
  #producer: Promise<Producer> | null = null;

  /** `kafka://host:port,host:port` */
  constructor(
    private readonly url: string,
    private readonly log: MessagingLog,
  ) {
    this.#kafka = kafkaClient(url, log);
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    const admin = await this.#connectedAdmin();
    const { brokers } = await admin.describeCluster();
    const three = brokers.length >= 3;
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ topic }) => !existing.has(topic));
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map(({ topic, partitions }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: three ? 3 : 1,
        configEntries: Object.entries({
          'min.insync.replicas': three ? '2' : '1', 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete', 'unclean.leader.election.enable': 'false',
        }).map(([name, value]) => ({ name, value })),
      })),
    });
    for (const { topic } of missing) await led(admin, topic);
    for (const { topic, partitions } of topics) {
      const there = await this.#lookUp(topic);
      if (there !== partitions) throw keysWouldMove(topic, there, partitions);
    }
  }

  async requireTopics(topics: readonly TopicSpec[]): Promise<void> {
    requireAll(await Promise.all(topics.map(async (spec) => ({ ...spec, there: await this.#lookUp(spec.topic) }))));
  }

  async send(records: readonly OutgoingRecord[]): Promise<SendResult[]> {
    const results: SendResult[] = [];
    const retry = (placed: readonly Placed[], error: Error): void => placed.forEach(({ index }) => (results[index] = { status: 'retry', error }));
    let waiting: Batch[][];
    try {
      waiting = [...(await this.#place(records, results)).values()];
    } catch (error) {
      retry(records.map((record, index) => ({ record, index })), error as Error);
      return results;
    }
    for (; waiting.length > 0; waiting = waiting.filter((batches) => batches.length > 0)) {
      const sent = await this.#produce(waiting.map((batches) => batches[0]!));
      for (const batches of waiting) {
        const { topic, partition, records: placed } = batches[0]!;
        const error = sent(topic, partition);
        // What comes later in the partition would overtake what failed.
        if (error) retry(batches.splice(0).flatMap((batch) => batch.records), error);
        else placed.forEach(({ index }) => (results[index] = { status: 'acknowledged', partition }));
        batches.shift();
      }
    }
    return results;
  }

  /** By partition, in order, what is sent together; what can't be sent has its result. */
  async #place(records: readonly OutgoingRecord[], results: SendResult[]): Promise<Map<string, Batch[]>> {
    const placed = new Map<string, Batch[]>();
    const refused = new Set<string>();
    const room = new Map<Batch, number>();
    for (const [index, record] of records.entries()) {
      const { topic, key } = record;
      const partitions = this.#partitions.get(topic) ?? (await this.#lookUp(topic));
      const size = recordBytes(record);
      if (key !== null && refused.has(`${topic} ${key}`)) results[index] = { status: 'held' };
      else if (partitions === undefined || size > MAX_RECORD_BYTES) {
        refused.add(`${topic} ${key}`);
        results[index] = { status: 'refused', error: new Error(partitions === undefined ? `no topic ${topic}` : `record of ${size} bytes; at most ${MAX_RECORD_BYTES}`) };
      } else {
        const partition = partitionOf(key, partitions);
        const batches = placed.get(`${topic}/${partition}`) ?? [];
        placed.set(`${topic}/${partition}`, batches);
        let batch = batches.at(-1);
        if (!batch || room.get(batch)! < size) batches.push((batch = { topic, partition, records: [] }));
        batch.records.push({ record, index });
        room.set(batch, (room.get(batch) ?? MAX_BATCH_BYTES) - size);
      }
    }
    return placed;
  }

  /** One request. Gives why the batch of a partition is to be sent again, or undefined where every in-sync replica has it. */
  async #produce(batches: readonly Batch[]): Promise<(topic: string, partition: number) => Error | undefined> {
    try {
      const producer = await (this.#producer ??= connected(this.#kafka.producer({ retry: { ...RETRY, retries: 0 }, allowAutoTopicCreation: false, createPartitioner: () => ({ message }) => message.partition! })));
      const topicMessages = batches.map(({ topic, partition, records }) => ({
        topic,
        messages: records.map(({ record }) => ({ partition, key: record.key, value: record.value, headers: record.headers })),
      }));
      // It may answer without having sent all, when a leader moves: only what the answer names is there.
      const answers = await producer.sendBatch({ acks: -1, timeout: ACKNOWLEDGE_MS, topicMessages });
      const there = new Set(answers.filter(({ errorCode }) => errorCode === 0).map(({ topicName, partition }) => `${topicName}/${partition}`));
      return (topic, partition) => (there.has(`${topic}/${partition}`) ? undefined : new Error(`${topic}/${partition}: not acknowledged`));
    } catch (error) {
      if (!(await this.#producer?.catch(() => null))) this.#producer = null;
      return () => error as Error;
    }
  }

  async consume(options: ConsumeOptions): Promise<Consumption> {
    const consumption = new KafkaConsumption(this.url, this.log, options, (group, topic, partition) => this.#position(group, topic, partition));
    this.#consumptions.add(consumption);
    await consumption.join();
    return consumption;
  }

  async read(topic: string, partition: number, offset: bigint, limit: number): Promise<ReceivedRecord[]> {
    const { next } = await this.#range(topic, partition);
    const records: ReceivedRecord[] = [];
    if (offset >= next || limit < 1) return records;
    const consumer = this.#kafka.consumer({ groupId: `read-${v4()}`, allowAutoTopicCreation: false, maxWaitTimeInMs: FETCH_WAIT_MS, retry: RETRY });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((done, fail) => {
        const others = Array.from({ length: this.#partitions.get(topic) ?? 0 }, (_, i) => i).filter((i) => i !== partition);
        const from = (): bigint => (records.at(-1)?.offset ?? offset - 1n) + 1n;
        consumer.on(consumer.events.GROUP_JOIN, () => {
          consumer.pause([{ topic, partitions: others }]);
          consumer.seek({ topic, partition, offset: from().toString() });
        });
        // A broker that has just been started again is not ready for some seconds: kafkajs begins anew.
        consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || fail(payload.error));
        // Also where a batch held nothing but marks of transactions.
        consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
          if (payload.partition === partition && (records.length >= limit || BigInt(payload.lastOffset) >= next - 1n)) done();
        });
        const eachBatch = ({ batch }: EachBatchPayload): Promise<void> => {
          const wanted = batch.partition === partition ? batch.messages.filter((message) => BigInt(message.offset) >= from()) : [];
          records.push(...wanted.slice(0, limit - records.length).map((message) => received(topic, partition, message)));
          return Promise.resolve();
        };
        consumer.run({ autoCommit: false, eachBatch }).catch(fail);
      });
      return records;
    } finally {
      await consumer.disconnect();
    }
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    return kafkaLag(await this.#connectedAdmin(), group, topics);
  }

  /** The offset behind what the group has committed, or null. */
  async committed(group: string, topic: string, partition: number): Promise<bigint | null> {
    const admin = await this.#connectedAdmin();
    const [of] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    const offset = BigInt(of?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
    return offset < 0n ? null : offset;
  }

  /** Moves a group that has no members; nothing else ever does. */
  async setOffset(group: string, topic: string, partition: number, offset: bigint): Promise<void> {
    await (await this.#connectedAdmin()).setOffsets({ groupId: group, topic, partitions: [{ partition, offset: offset.toString() }] });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumptions].map((consumption) => consumption.stop()));
    await (await this.#producer?.catch(() => null))?.disconnect();
    await (await this.#admin?.catch(() => null))?.disconnect();
  }

  async #connectedAdmin(): Promise<Admin> {
    const admin = (this.#admin ??= connected(this.#kafka.admin()));
    admin.catch(() => (this.#admin = null));
    return admin;
  }

  async #lookUp(topic: string): Promise<number | undefined> {
    const admin = await this.#connectedAdmin();
    const found = await admin.fetchTopicMetadata({ topics: [topic] }).catch((error: { type?: string }) => {
      if (error.type === 'UNKNOWN_TOPIC_OR_PARTITION') return null;
      throw error;
    });
    const count = found?.topics[0]?.partitions.length;
    if (count) this.#partitions.set(topic, count);
    return count;
  }

  async #range(topic: string, partition: number): Promise<{ first: bigint; next: bigint }> {
    const offsets = await (await this.#connectedAdmin()).fetchTopicOffsets(topic);
    const { low, high } = offsets.find((one) => one.partition === partition)!;
    return { first: BigInt(low), next: BigInt(high) };
  }

  async #position(group: string, topic: string, partition: number): Promise<OffsetOutOfRange> {
    const { first, next } = await this.#range(topic, partition);
    return new OffsetOutOfRange(group, topic, partition, (await this.committed(group, topic, partition)) ?? -1n, first, next);
  }
}
