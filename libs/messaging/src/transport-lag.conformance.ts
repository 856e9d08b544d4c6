import { eventually } from '@lacollecte/testing';
import { partitionOf } from './partitioner.js';
import { record } from './transport-fixture.conformance.js';
import type { Consumption, OutgoingRecord, PartitionLag, Transport } from './transport.js';

/** What the suite has set up for the test that runs. */
export interface LagSetting {
  transport(): Transport;
  topic(): string;
  group(): string;
  /** A member of the group that takes everything. */
  consume(): Promise<Consumption>;
  send(records: OutgoingRecord[]): Promise<void>;
}

export function lagConformance({ transport, topic, group, consume, send }: LagSetting): void {
  it('says how far a group has come in each partition, and since when the next record waits', async () => {
    const lag = (): Promise<PartitionLag[]> => transport().lag(group(), [topic()]);
    // A broker that has just begun has no coordinator for a new group yet.
    const empty = await eventually(lag, { what: 'an answer' });
    expect(empty).toEqual(empty.map((_, partition) => ({ topic: topic(), partition, committed: 0n, end: 0n, nextAt: null })));
    const at = partitionOf('k', empty.length);
    const begun = Date.now();
    await send(['1', '2', '3'].map((value) => record(topic(), 'k', value)));
    await eventually(async () => expect((await lag())[at]).toMatchObject({ partition: at, committed: 0n, end: 3n }), { what: 'three to wait' });
    const { nextAt } = (await lag())[at]!;
    // Right within a factor of two; a second is the least.
    const age = Date.now() - begun;
    expect(nextAt!.getTime()).toBeGreaterThanOrEqual(begun - age - 1_000);
    expect(nextAt!.getTime()).toBeLessThanOrEqual(Date.now());
    expect((await lag()).filter(({ partition }) => partition !== at).map(({ end, nextAt: next }) => [end, next])).toEqual(empty.slice(1).map(() => [0n, null]));
    const member = await consume();
    await eventually(async () => expect((await lag())[at]).toMatchObject({ committed: 3n, end: 3n, nextAt: null }), { what: 'all to be read' });
    await member.stop();
    expect(await transport().lag(group(), [])).toEqual([]);
  });
}
