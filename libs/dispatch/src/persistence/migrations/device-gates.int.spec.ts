import { randomUUID } from 'node:crypto';
import { migrate } from '@lacollecte/database';
import { PLATFORM_MIGRATIONS } from '@lacollecte/messaging';
import { createTestDatabase } from '@lacollecte/testing';
import { DeviceGates1764000000000 } from './device-gates.js';
import { DispatchTables1715000000000 } from './dispatch-tables.js';

it('keeps a gate for every device, and of devices only what was told', async () => {
  const before = [...PLATFORM_MIGRATIONS, DispatchTables1715000000000];
  const database = await createTestDatabase('dispatch', before);
  const [gate, ready, recalled] = [randomUUID(), randomUUID(), randomUUID()];
  await database.sql(`insert into device (id, label, evidence_at, recalled_at) values ($1, null, null, null), ($2, 'LC-1', now(), null), ($3, null, null, now())`, [gate, ready, recalled]);
  await migrate(database.urls.owner, [...before, DeviceGates1764000000000]);
  const ids = async (table: string) => (await database.sql<{ id: string }>(`select id from ${table}`)).map(({ id }) => id).sort();
  expect(await ids('device_gate')).toEqual([gate, ready, recalled].sort());
  expect(await ids('device')).toEqual([ready, recalled].sort());
  await database.close();
});
