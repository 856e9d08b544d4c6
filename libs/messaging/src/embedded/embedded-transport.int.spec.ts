import { createTestDatabase } from '@lacollecte/testing';
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

describe('trimming the embedded transport', () => {
  it('never deletes what a group has yet to read', async () => {
    const database = await createTestDatabase('intake', [TransportTables1700000000001]);
    const transport = new EmbeddedTransport(database.urls.worker, 4);
    try {
      await transport.ensureTopics([{ topic: 'test.trim', partitions: 1 }]);
      await transport.send(['a', 'b', 'c'].map((value) => ({ topic: 'test.trim', key: 'k', headers: {}, value: Buffer.from(value) })));
      const later = new Date(Date.now() + 60_000);
      expect(await transport.trim(later)).toBe(0);
      await database.sql(`insert into consumer_group (name) values ('slow'), ('fast')`);
      await database.sql(`insert into group_offset values ('slow', 'test.trim', 0, 1), ('fast', 'test.trim', 0, 3)`);
      expect(await transport.trim(later)).toBe(1);
      expect((await transport.read('test.trim', 0, 0n, 10)).map((r) => r.offset)).toEqual([1n, 2n]);
    } finally {
      await transport.close();
      await database.close();
    }
  });
});
