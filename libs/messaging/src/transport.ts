import { PARTITIONS, TOPICS } from '@lacollecte/contracts';

/** A record to publish. Its partition follows from its key alone (murmur2, as Kafka's default partitioner). */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly value: Buffer | null;
}

/**
 * What became of one record: acknowledged by every in-sync replica, to be tried again, never to be taken, or held back
 * because an earlier record of its key in the same call was refused.
 */
export type SendResult =
  | { readonly status: 'acknowledged'; readonly partition: number }
  | { readonly status: 'retry'; readonly error: Error }
  | { readonly status: 'refused'; readonly error: Error }
  | { readonly status: 'held' };

export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: Date;
  readonly key: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly value: Buffer | null;
}

/** Records of one partition in the order of their offsets; offsets may have gaps. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly ReceivedRecord[];
  /** Aborted when the member is stopped or the partition was given to another: do not begin anything new. */
  readonly signal: AbortSignal;
}

export interface ConsumeOptions {
  /** Members of a group share its partitions; a new group starts from the beginning. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Most records handed over at once. */
  readonly maxBatch: number;
  /** When it resolves, the offset behind the batch is committed; when it rejects, the consumption fails and stops. */
  onBatch(batch: RecordBatch): Promise<void>;
}

/** A running member of a group. */
export interface Consumption {
  /** Why it stopped by itself (offset out of range, onBatch rejected), or null while it is well. */
  readonly failure: Error | null;
  /** Partitions held now, e.g. `intake.lot/3`. */
  readonly assigned: readonly string[];
  /** Leaves the group after the batch in hand. */
  stop(): Promise<void>;
}

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
}

/** The topics of the contracts. */
export const TOPIC_SPECS: readonly TopicSpec[] = TOPICS.map((topic) => ({ topic, partitions: PARTITIONS }));

/** How far a group has come in a partition. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Of the next record that the group reads; where it has committed none, the first that there is. */
  readonly committed: bigint;
  /** Of the next record that will be written. */
  readonly end: bigint;
  /** About when the next record to read was written (its age is right within a factor of two); null where none waits. */
  readonly nextAt: Date | null;
}

/** What carries events between services. Order holds within a partition; delivery is at least once. */
export interface Transport {
  /** Creates what is missing; an existing topic keeps its partitions, and another number is an error: keys would move. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** Looks that they are there, each with its partitions: a service creates none. @throws TopicsMissing */
  requireTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** One result for each record, in order. Records of one partition share their fate. */
  send(records: readonly OutgoingRecord[]): Promise<SendResult[]>;
  consume(options: ConsumeOptions): Promise<Consumption>;
  /** Of every partition of these topics, in order. @throws where the transport is out of reach */
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  /** Records of a partition from `offset` on: for a look and for replays; commits nothing. */
  read(topic: string, partition: number, offset: bigint, limit: number): Promise<ReceivedRecord[]>;
  close(): Promise<void>;
}

/** Topics are created by an explicit command, never by the way. */
export class TopicsMissing extends Error {
  constructor(topics: readonly string[]) {
    super(`the transport has no ${topics.join(', ')}: create the topics with npm run topics`);
    this.name = 'TopicsMissing';
  }
}

/** @throws TopicsMissing, or where one has another number of partitions */
export function requireAll(found: readonly (TopicSpec & { readonly there: number | undefined })[]): void {
  const missing = found.filter(({ there }) => there === undefined);
  if (missing.length > 0) throw new TopicsMissing(missing.map(({ topic }) => topic));
  const other = found.find(({ partitions, there }) => there !== partitions);
  if (other) throw keysWouldMove(other.topic, other.there, other.partitions);
}

export function keysWouldMove(topic: string, there: number | undefined, wanted: number): Error {
  return new Error(`topic ${topic} has ${there} partitions, not ${wanted}; keys would move`);
}

/** The next offset of a group is no longer (or not yet) in the partition. Never reset by itself: somebody must decide. */
export class OffsetOutOfRange extends Error {
  constructor(group: string, topic: string, partition: number, offset: bigint, first: bigint, next: bigint) {
    super(`group ${group} is at offset ${offset} of ${topic}/${partition}, which holds ${first} to ${next}; set the group's offset by hand`);
    this.name = 'OffsetOutOfRange';
  }
}

/** Largest record on every transport: a 64 KB event and room for its headers. */
export const MAX_RECORD_BYTES = 128 * 1024;

export function recordBytes(record: OutgoingRecord): number {
  let bytes = Buffer.byteLength(record.key ?? '') + (record.value?.length ?? 0);
  for (const [name, value] of Object.entries(record.headers)) bytes += name.length + value.length;
  return bytes;
}
