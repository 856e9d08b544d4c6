import { SYSTEM } from '@lacollecte/database';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { executeLarge } from './execute-large.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase('intake', []);
});
afterAll(() => db.close());

test('the values arrive, and are let go with the answer', async () => {
  const values: unknown[] = ['x'.repeat(100_000)];
  const rows = await db.as(SYSTEM, (tx) => executeLarge(tx, 'select 1 where length($1::text) = 100000', values));
  expect([rows, values]).toEqual([1, []]);
});

test('the values are let go with an error too', async () => {
  const values: unknown[] = ['no number'];
  await expect(db.as(SYSTEM, (tx) => executeLarge(tx, 'select $1::int', values))).rejects.toMatchObject({ code: '22P02' });
  expect(values).toEqual([]);
});
