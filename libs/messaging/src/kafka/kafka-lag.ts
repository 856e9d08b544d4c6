import type { PartitionLag } from '../transport.js';
import type { Admin } from './kafkajs.js';

/** 2^21 seconds are 24 days: what waits longer is no older for us. */
const OLDEST = 21;

/** Offsets of a group and of its topics, in a few requests a topic; nothing is read. */
export async function kafkaLag(admin: Admin, group: string, topics: readonly string[]): Promise<PartitionLag[]> {
  if (topics.length === 0) return [];
  const groups = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
  const lags = await Promise.all(
    topics.toSorted().map(async (topic) => {
      const committed = new Map(groups.find((of) => of.topic === topic)?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
      const ends = await admin.fetchTopicOffsets(topic);
      const partitions = ends.map(({ partition, low, high }) => {
        const own = committed.get(partition) ?? -1n;
        return { topic, partition, committed: own < 0n ? BigInt(low) : own, end: BigInt(high), nextAt: null };
      });
      return dated(admin, topic, partitions);
    }),
  );
  return lags.flat().sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

/** Asks what was the next offset 1, 2, 4 … seconds ago, until that is none of those that wait: so old is the next to read. */
async function dated(admin: Admin, topic: string, partitions: readonly PartitionLag[]): Promise<PartitionLag[]> {
  const now = Date.now();
  const done = partitions.filter((one) => one.committed >= one.end);
  let waiting = partitions.filter((one) => one.committed < one.end);
  for (let power = 0; waiting.length > 0; power++) {
    const nextAt = new Date(now - 2 ** power * 1000);
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, nextAt.getTime());
    const then = new Map(offsets.map(({ partition, offset }) => [partition, BigInt(offset)]));
    const known = (one: PartitionLag): boolean => power === OLDEST || then.get(one.partition)! <= one.committed;
    done.push(...waiting.filter(known).map((one) => ({ ...one, nextAt })));
    waiting = waiting.filter((one) => !known(one));
  }
  return done;
}
