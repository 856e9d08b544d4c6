import { createTestDatabase, eventually, type TestDatabase } from '@lacollecte/testing';
import { transportConformance } from '../transport.conformance.js';
import { EmbeddedTransport } from './embedded-transport.js';
import { TransportTables1700000000001 } from './transport-tables.js';

transportConformance('the embedded transport', async () => {
  const database = await createTestDatabase('intake', [TransportTables1700000000001]);
  return {
    connect: () => Promise.resolve(new EmbeddedTransport(database.urls.worker, 4)),
    leaveGap: async (topic, partition) => {
      await database.sql('update partition set next = next + 1 where topic = $1 and partition = $2', [topic, partition]);
    },
    setOffset: async (group, topic, partition, offset) => {
      await database.sql('insert into consumer_group (name) values ($1) on conflict do nothing', [group]);
      await database.sql(
        `insert into group_offset (group_name, topic, partition, next) values ($1, $2, $3, $4)
         on conflict (group_name, topic, partition) do update set next = excluded.next`,
        [group, topic, partition, offset.toString()],
      );
    },
    committed: async (group, topic, partition) => {
      const [row] = await database.sql<{ next: string }>('select next from group_offset where group_name = $1 and topic = $2 and partition = $3', [group, topic, partition]);
      return row ? BigInt(row.next) : null;
    },
    close: () => database.close(),
  };
});

describe('the embedded transport', () => {
  const TOPIC = 'test.trim';
  const later = new Date(Date.now() + 60_000);
  let database: TestDatabase;
  let transport: EmbeddedTransport;

  beforeEach(async () => {
    database = await createTestDatabase('intake', [TransportTables1700000000001]);
    transport = new EmbeddedTransport(database.urls.worker, 4);
    await transport.ensureTopics([{ topic: TOPIC, partitions: 1 }]);
    await transport.send(['a', 'b', 'c'].map((value) => ({ topic: TOPIC, key: 'k', headers: {}, value: Buffer.from(value) })));
  });
  afterEach(async () => {
    await transport.close();
    await database.close();
  });

  it('trims nothing that a group has yet to read', async () => {
    expect(await transport.trim(later)).toBe(0);
    await database.sql(`insert into consumer_group (name) values ('slow'), ('fast')`);
    await database.sql(`insert into group_offset values ('slow', $1, 0, 1), ('fast', $1, 0, 3)`, [TOPIC]);
    expect(await transport.trim(later)).toBe(1);
    expect((await transport.read(TOPIC, 0, 0n, 10)).map((r) => r.offset)).toEqual([1n, 2n]);
  });

  it('trims nothing that a new group holds in its first batch', async () => {
    await database.sql(`insert into consumer_group (name) values ('fast')`);
    await database.sql(`insert into group_offset values ('fast', $1, 0, 3)`, [TOPIC]);
    let entered = false;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await transport.consume({ group: 'slow', topics: [TOPIC], maxBatch: 1, onBatch: () => ((entered = true), held) });
    await eventually(() => expect(entered).toBe(true), { what: 'the new group to begin' });
    const trimmed = await transport.trim(later);
    release();
    expect(trimmed).toBe(0);
  });

  it('stops where a batch fails, even with an error that looks like one of the connection', async () => {
    let calls = 0;
    const failing = await transport.consume({ group: 'failing', topics: [TOPIC], maxBatch: 10, onBatch: () => Promise.reject(new Error(`timeout ${++calls}`)) });
    await eventually(() => expect(failing.failure?.message).toBe('timeout 1'), { what: 'the consumption to stop' });
    expect(calls).toBe(1);
  });
});
