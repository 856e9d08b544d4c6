import { createTestDatabase, eventually, type TestDatabase } from '@lacollecte/testing';
import pg from 'pg';
import { silent } from '../testing.conformance.js';
import { transportConformance } from '../transport.conformance.js';
import type { Consumption } from '../transport.js';
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

  /** Holds what the statements lock while `work` runs, then commits. */
  const locked = async (statements: string, work: () => Promise<void>): Promise<void> => {
    const client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
    try {
      await client.query(`begin; ${statements}`);
      await work();
      await client.query('commit');
    } finally {
      await client.end();
    }
  };
  const someoneWaits = () =>
    eventually(async () => expect(await database.sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).not.toEqual([]), { what: 'somebody to wait for a lock', timeoutMs: 5_000 });

  it('trims nothing that a group has yet to read', async () => {
    await database.sql(`insert into consumer_group (name) values ('slow'), ('fast'), ('new')`);
    await database.sql(`insert into group_offset values ('new', $1, 0, 0)`, [TOPIC]);
    expect(await transport.trim(later)).toBe(0);
    await database.sql(`delete from group_offset where group_name = 'new'`);
    await database.sql(`insert into group_offset values ('slow', $1, 0, 1), ('fast', $1, 0, 3)`, [TOPIC]);
    expect(await transport.trim(later)).toBe(1);
    expect((await transport.read(TOPIC, 0, 0n, 10)).map((r) => r.offset)).toEqual([1n, 2n]);
  });

  it('trims what is old in the order of offsets, of a topic that nobody reads too', async () => {
    await database.sql(`update record set at = now() - interval '40 days' where "offset" <> 1`);
    const month = new Date(Date.now() - 30 * 86_400_000);
    expect(await transport.trim(month)).toBe(1);
    expect(await transport.trim(month)).toBe(0);
    expect((await transport.read(TOPIC, 0, 0n, 10)).map((r) => r.offset)).toEqual([1n, 2n]);
    await database.sql(`update record set at = now() - interval '40 days'`);
    expect(await transport.trim(month)).toBe(2);
    expect(await database.sql('select first, next from partition')).toEqual([{ first: '3', next: '3' }]);
    const read: bigint[] = [];
    await transport.consume({ group: 'late', topics: [TOPIC], maxBatch: 10, onBatch: async ({ records }) => void read.push(...records.map((r) => r.offset)) });
    await transport.send([{ topic: TOPIC, key: 'k', headers: {}, value: Buffer.from('d') }]);
    await eventually(() => expect(read).toEqual([3n]), { what: 'a late group to read what is left' });
  });

  it('trims more than fits into one transaction', async () => {
    await database.sql(`insert into record select name, 0, n, now() - interval '40 days', 'k', '{}', null from topic, generate_series(3, 4999) n`);
    await database.sql(`update partition set next = 5000; update record set at = now() - interval '40 days'`);
    expect(await transport.trim(new Date())).toBe(5_000);
    expect(await database.sql('select first from partition')).toEqual([{ first: '5000' }]);
  });

  it('trims by itself what it need not keep, and no longer once it is closed', async () => {
    await database.sql(`update record set at = now() - interval '8 days' where "offset" < 2`);
    transport.keepFor(9, silent);
    const shorter = new EmbeddedTransport(database.urls.worker, 1);
    shorter.keepFor(7, silent);
    await eventually(async () => expect((await transport.read(TOPIC, 0, 0n, 10)).map((r) => r.offset)).toEqual([2n]), { what: 'the old records to go' });
    await shorter.close();
  });

  it('a new group that begins while the log is trimmed begins where that ends', async () => {
    const read: bigint[] = [];
    let joining!: Promise<Consumption>;
    await locked('select from partition for update; delete from record where "offset" < 2; update partition set first = 2', async () => {
      joining = transport.consume({ group: 'new', topics: [TOPIC], maxBatch: 10, onBatch: async ({ records }) => void read.push(...records.map((r) => r.offset)) });
      await someoneWaits();
    });
    const consumption = await joining;
    await eventually(() => expect([read, consumption.failure]).toEqual([[2n], null]), { what: 'what is left to be read' });
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

  it('leaves the group for good where a batch fails while a heartbeat is on its way', async () => {
    let entered = false;
    let fail = (_: Error): void => undefined;
    const held = new Promise<void>((_, reject) => (fail = reject));
    const failing = await transport.consume({ group: 'failing', topics: [TOPIC], maxBatch: 10, onBatch: () => ((entered = true), held) });
    await eventually(() => expect(entered).toBe(true), { what: 'the batch to begin' });
    await locked('select from consumer_group for update', async () => {
      // The next beat finds that the member was dropped, and waits to enter again.
      await database.sql('delete from member');
      await someoneWaits();
      fail(new Error('a defect'));
      await eventually(() => expect(failing.failure).not.toBeNull(), { what: 'the consumption to fail' });
    });
    await failing.stop();
    expect(await database.sql('select 1 from member')).toEqual([]);
  });
});
