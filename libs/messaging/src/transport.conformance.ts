import { randomUUID } from 'node:crypto';
import { eventually } from '@lacollecte/testing';
import { partitionOf } from './partitioner.js';
import { lagConformance } from './transport-lag.conformance.js';
import { random, record, type Seen, type TransportFixture } from './transport-fixture.conformance.js';
import { type Consumption, MAX_RECORD_BYTES, type OutgoingRecord, type ReceivedRecord, type RecordBatch, type Transport } from './transport.js';

/** What every transport must do. `SEED` in the environment repeats an interleaving. */
export function transportConformance(name: string, open: () => Promise<TransportFixture>): void {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

  describe(`${name} (seed ${seed})`, () => {
    const PARTITIONS = 4;
    let fixture: TransportFixture;
    let transport: Transport;
    let topic: string;
    let group: string;
    let seen: Seen[];
    const running: Consumption[] = [];

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    beforeEach(async () => {
      transport = await fixture.connect();
      topic = `test.${randomUUID().slice(0, 8)}`;
      group = `group-${topic}`;
      seen = [];
      await transport.ensureTopics([{ topic, partitions: PARTITIONS }]);
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((consumption) => consumption.stop()));
      await transport.close();
    });

    const note = (member: string, records: readonly ReceivedRecord[]): void => {
      for (const r of records) seen.push({ member, key: r.key?.toString() ?? null, value: r.value?.toString() ?? '', partition: r.partition, offset: r.offset });
    };
    const consume = async (member: string, onBatch?: (batch: RecordBatch) => Promise<void>, through = transport, maxBatch = 10): Promise<Consumption> => {
      const consumption = await through.consume({
        group,
        topics: [topic],
        maxBatch,
        onBatch: async (batch) => {
          await onBatch?.(batch);
          note(member, batch.records);
        },
      });
      running.push(consumption);
      return consumption;
    };
    const send = async (records: OutgoingRecord[]): Promise<void> => {
      const results = await transport.send(records);
      expect(results.map((result) => result.status)).toEqual(records.map(() => 'acknowledged'));
    };
    const values = (): string[] => [...new Set(seen.map((s) => s.value))].sort();

    /** Every record of `sent` arrived, and of each key the first arrivals are in the order they were sent. */
    const expectOrderPerKey = (sent: readonly OutgoingRecord[]): void => {
      const first = new Map<string, Seen>();
      for (const s of seen) if (!first.has(s.value)) first.set(s.value, s);
      for (const key of new Set(sent.map((r) => r.key))) {
        const wanted = sent.filter((r) => r.key === key).map((r) => r.value!.toString());
        expect([...first.values()].filter((s) => s.key === key).map((s) => s.value)).toEqual(wanted);
      }
    };

    it('keeps the order of each key, whatever the order between keys', async () => {
      const next = random(seed);
      const keys = Array.from({ length: 20 }, (_, i) => `key-${i}`);
      const sent: OutgoingRecord[] = [];
      await consume('a');
      for (let i = 0; i < 300; ) {
        const size = 1 + Math.floor(next() * 30);
        const batch = Array.from({ length: size }, () => record(topic, keys[Math.floor(next() * keys.length)]!, `v${i++}`));
        sent.push(...batch);
        await send(batch);
      }
      await eventually(() => expect(seen.length).toBe(sent.length), { what: 'all records' });
      expectOrderPerKey(sent);
    });

    it('puts a key where murmur2 says', async () => {
      await consume('a');
      await send(Array.from({ length: 50 }, (_, i) => record(topic, `key-${i}`, `v${i}`)));
      await eventually(() => expect(seen.length).toBe(50), { what: 'all records' });
      for (const s of seen) expect(s.partition).toBe(partitionOf(s.key, PARTITIONS));
    });

    it('goes on over gaps in the offsets', async () => {
      const key = 'k';
      const partition = partitionOf(key, PARTITIONS);
      await send([record(topic, key, 'a')]);
      await fixture.leaveGap(topic, partition);
      await send([record(topic, key, 'b')]);
      await fixture.leaveGap(topic, partition);
      const consumption = await consume('a');
      await eventually(() => expect(seen.map((s) => s.value)).toEqual(['a', 'b']), { what: 'both records' });
      await send([record(topic, key, 'c')]);
      await eventually(() => expect(seen.map((s) => s.value)).toEqual(['a', 'b', 'c']), { what: 'the record after the gap' });
      expect(consumption.failure).toBeNull();
    });

    it('starts a new group from the beginning, and a known one behind what it committed', async () => {
      await send([record(topic, 'k', 'before')]);
      const first = await consume('a');
      await eventually(() => expect(values()).toEqual(['before']), { what: 'the record sent before the group was there' });
      await first.stop();
      await send([record(topic, 'k', 'meanwhile')]);
      await consume('b');
      await eventually(() => expect(values()).toEqual(['before', 'meanwhile']), { what: 'the record sent meanwhile' });
      expect(seen.filter((s) => s.value === 'before')).toHaveLength(1);
    });

    it('delivers again what was not committed, one to five times, and loses nothing', async () => {
      const next = random(seed + 1);
      const sent = Array.from({ length: 60 }, (_, i) => record(topic, `key-${i % 7}`, `v${i}`));
      await send(sent);
      const failures = 1 + Math.floor(next() * 4);
      for (let i = 0; i < failures; i++) {
        const another = await fixture.connect();
        const broken = await another.consume({ group, topics: [topic], maxBatch: 10, onBatch: async (batch) => {
          note(`broken-${i}`, batch.records);
          throw new Error('dies before the commit');
        } });
        await eventually(() => expect(broken.failure?.message).toMatch('dies'), { what: 'the broken member to stop' });
        await broken.stop();
        await another.close();
      }
      await consume('a');
      await eventually(() => expect(values()).toHaveLength(60), { what: 'every record' });
      expectOrderPerKey(sent);
      for (const value of values()) expect(seen.filter((s) => s.value === value).length).toBeLessThanOrEqual(5);
    });

    it('shares the partitions when a second member joins in mid-batch, and takes them back when it leaves', async () => {
      const sent = Array.from({ length: 200 }, (_, i) => record(topic, `key-${i % 40}`, `v${i}`));
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const a = await consume('a', () => held);
      await send(sent.slice(0, 100));
      const b = await consume('b', undefined, await connectAnother());
      await eventually(() => expect(b.assigned.length).toBe(PARTITIONS / 2), { what: 'half of the partitions for the second member' });
      release();
      await eventually(() => expect([...a.assigned, ...b.assigned].sort()).toEqual([...new Set([...a.assigned, ...b.assigned])].sort()), { what: 'no partition with both' });
      await eventually(() => expect(values()).toHaveLength(100), { what: 'the first half of the records' });
      await b.stop();
      await send(sent.slice(100));
      await eventually(() => expect(a.assigned.length).toBe(PARTITIONS), { what: 'all partitions back with the first member' });
      await eventually(() => expect(values()).toHaveLength(200), { what: 'every record' });
      expectOrderPerKey(sent);
    });

    it('refuses the commit of a member that lost the partition meanwhile', async () => {
      const partition = partitionOf('k', PARTITIONS);
      await send([record(topic, 'k', 'x')]);
      /** A first member holds the batch when a second one joins. Which half the second gets depends on both their ids. */
      const race = async (attempt: number) => {
        group = `group-${topic}-${attempt}`;
        let release = (): void => undefined;
        const held = new Promise<void>((resolve) => (release = resolve));
        running.push({ failure: null, assigned: [], stop: async () => release() });
        let entered = false;
        const first = await consume(`first-${attempt}`, () => ((entered = true), held));
        await eventually(() => entered, { what: 'the first member to hold the batch' });
        const second = await consume('second', undefined, await connectAnother());
        await eventually(() => expect(second.assigned.length).toBe(PARTITIONS / 2), { what: 'half of the partitions for the second member' });
        return { name: `first-${attempt}`, first, release, moved: second.assigned.includes(`${topic}/${partition}`) };
      };
      // Both members are new each time, so that one attempt in two fits, whatever the one before was: 20 that don't are one in a million.
      let tries = 0;
      let { name, first, release, moved } = await race(tries);
      while (!moved && ++tries < 20) ({ name, first, release, moved } = await race(tries));
      await send([record(topic, 'k', 'y')]);
      await eventually(async () => expect(await fixture.committed(group, topic, partition)).toBe(2n), { what: 'the second member to commit both' });
      release();
      await eventually(() => expect(seen.filter((s) => s.member === name).map((s) => s.value)).toContain('x'), { what: 'the first member to end its batch' });
      await first.stop();
      expect(await fixture.committed(group, topic, partition)).toBe(2n);
      expect(first.failure).toBeNull();
    });

    it.each([['beyond the end', 1_000n]])('stops at an offset %s and never resets it', async (_, offset) => {
      await send([record(topic, 'k', 'x')]);
      const partition = partitionOf('k', PARTITIONS);
      await fixture.setOffset(group, topic, partition, offset);
      const consumption = await consume('a');
      await eventually(() => expect(consumption.failure?.name).toBe('OffsetOutOfRange'), { what: 'the consumption to stop' });
      expect(await fixture.committed(group, topic, partition)).toBe(offset);
      expect(seen.filter((s) => s.partition === partition)).toEqual([]);
    });

    it('carries a null key, no value and binary headers', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      await send([{ topic, key: null, headers: { raw: bytes }, value: null }]);
      const [got] = await eventually(async () => {
        const records = await transport.read(topic, 0, 0n, 10);
        expect(records).toHaveLength(1);
        return records;
      }, { what: 'the record' });
      expect(got!.key).toBeNull();
      expect(got!.value).toBeNull();
      expect(got!.headers.raw!.equals(bytes)).toBe(true);
    });

    it('refuses a record over the size limit and takes the others of the batch', async () => {
      const large = { ...record(topic, 'large', ''), value: Buffer.alloc(MAX_RECORD_BYTES + 1) };
      const results = await transport.send([record(topic, 'a', '1'), large, record(topic, 'b', '2')]);
      expect(results.map((result) => result.status)).toEqual(['acknowledged', 'refused', 'acknowledged']);
      await consume('a');
      await eventually(() => expect(values()).toEqual(['1', '2']), { what: 'the records that fit' });
    });

    it('holds back what follows a refused record of its key, so that it does not overtake it', async () => {
      const large = { ...record(topic, 'k', ''), value: Buffer.alloc(MAX_RECORD_BYTES + 1) };
      const results = await transport.send([record(topic, 'k', '1'), large, record(topic, 'k', '3'), record(topic, 'other', 'x')]);
      expect(results.map((result) => result.status)).toEqual(['acknowledged', 'refused', 'held', 'acknowledged']);
      await consume('a');
      await eventually(() => expect(values()).toEqual(['1', 'x']), { what: 'the records that fit' });
    });

    it('refuses a topic that nobody created, and another number of partitions', async () => {
      const [result] = await transport.send([record(`${topic}.absent`, 'k', 'v')]);
      expect(result!.status).toBe('refused');
      await expect(transport.ensureTopics([{ topic, partitions: PARTITIONS + 1 }])).rejects.toThrow(/keys would move/);
    });

    it('reads again from any offset without moving the group', async () => {
      await send(['a', 'b', 'c'].map((value) => record(topic, 'k', value)));
      const partition = partitionOf('k', PARTITIONS);
      await consume('a');
      await eventually(async () => expect(await fixture.committed(group, topic, partition)).toBe(3n), { what: 'the commit' });
      const again = await transport.read(topic, partition, 1n, 10);
      expect(again.map((r) => r.value!.toString())).toEqual(['b', 'c']);
      expect(await fixture.committed(group, topic, partition)).toBe(3n);
    });

    lagConformance({ transport: () => transport, topic: () => topic, group: () => group, consume: () => consume('a'), send });

    async function connectAnother(): Promise<Transport> {
      const another = await fixture.connect();
      running.push({ failure: null, assigned: [], stop: () => another.close() });
      return another;
    }
  });
}
