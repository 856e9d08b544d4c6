import { randomUUID } from 'node:crypto';
import { protect } from '@lacollecte/database';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { actor } from './actor.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

class NoteTables1710000000000 {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table note (id uuid primary key, organisation_id uuid not null, text text not null); ${protect('intake', 'note', 'organisation_id')}`);
  }
  async down(): Promise<void> {}
}

const open = (): Promise<TestDatabase> => createTestDatabase('intake', [NoteTables1710000000000]);
const insert = 'insert into note (id, organisation_id, text) values ($1, $2, $3)';

test('each database is alone, and the app role sees the rows of its organisation only', async () => {
  const [one, two] = await Promise.all([open(), open()]);
  const [mine, theirs] = [randomUUID(), randomUUID()];
  await one.worker(async (tx) => {
    await tx.execute(insert, [randomUUID(), mine, 'mine']);
    await tx.execute(insert, [randomUUID(), theirs, 'theirs']);
  });
  const donor = actor('donor', { organisationId: mine });
  expect(await one.as(donor, (tx) => tx.query('select text from note'))).toEqual([{ text: 'mine' }]);
  await expect(one.as(donor, (tx) => tx.execute(insert, [randomUUID(), theirs, 'no']))).rejects.toThrow(/row-level security/);
  expect(await one.as(actor('coordinator'), (tx) => tx.query('select 1 from note'))).toHaveLength(2);
  expect(await two.sql('select 1 from note')).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

test('close names a transaction that was left open', async () => {
  const db = await open();
  const client = new Client({ connectionString: db.urls.app, application_name: 'forgetful' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin; select 1');
  await expect(db.close()).rejects.toThrow(/every transaction.*forgetful.*idle in transaction/);
});

test('close names a connection that was left open', async () => {
  const db = await open();
  const client = new Client({ connectionString: db.urls.worker, application_name: 'lingering' });
  client.on('error', () => undefined);
  await client.connect();
  await expect(db.close()).rejects.toThrow(/every connection.*lingering/);
});
