import type { TestDatabase } from '@lacollecte/testing';
import { invariants } from './invariants.js';
import { expectConsistent, readyDevice, workshop } from './testing/workshop.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await workshop();
  await readyDevice(db);
});
afterAll(() => db.close());

it('each rule holds, and had something to look at', async () => {
  await expectConsistent(db);
  for (const { examined } of invariants) expect((await db.sql<{ n: number }>(examined))[0]?.n).toBeGreaterThan(0);
});

it.each([
  ['ready-is-erased', `update device set grading = jsonb_set(grading, '{grade}', '"D"')`],
  ['ready-is-erased', `update device set drives = jsonb_set(drives, '{0,status}', '"pending"')`],
  ['erased-by-evidence', `update evidence set result = 'failed'`],
  ['erased-by-evidence', `update evidence set state = 'contested'`],
  ['evidence-kept', `update evidence set drive_id = gen_random_uuid()`],
  ['history-dense', `update device set version = version + 1`],
  ['history-dense', `delete from step where step = 'test'`],
])('%s is seen to be broken by: %s', async (name, corruption) => {
  await db.sql('begin');
  await db.sql(corruption);
  const rows = await db.sql(invariants.find((one) => one.name === name)!.violations);
  await db.sql('rollback');
  expect(rows).toHaveLength(1);
});

it('the database itself refuses a ready device with an open check', async () => {
  await expect(db.sql('update device set tested = false')).rejects.toThrow('violates check constraint');
});
