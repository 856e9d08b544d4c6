import type { OutgoingRecord, Transport } from './transport.js';

/** A transport under test, and what the suite must be able to do to it from outside. */
export interface TransportFixture {
  /** Another client of the same log, as another process would be. */
  connect(): Promise<Transport>;
  /** Uses up an offset of the partition without a record. */
  leaveGap(topic: string, partition: number): Promise<void>;
  /** Moves a group's committed offset; the group has no members. */
  setOffset(group: string, topic: string, partition: number, offset: bigint): Promise<void>;
  committed(group: string, topic: string, partition: number): Promise<bigint | null>;
  close(): Promise<void>;
}

/** Numbers in [0, 1) from a seed (mulberry32), so that a failing interleaving can be run again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function record(topic: string, key: string | null, value: string): OutgoingRecord {
  return { topic, key, headers: {}, value: Buffer.from(value) };
}

/** A delivery, as a member noted it. */
export interface Seen {
  readonly member: string;
  readonly key: string | null;
  readonly value: string;
  readonly partition: number;
  readonly offset: bigint;
}
