import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '@lacollecte/testing';
import { invariants } from './invariants.js';
import { cellId } from './persistence/cell.repository.js';
import * as e from './testing/events.js';
import { stockDatabase, violations } from './testing/stock.js';

describe('what must hold of stock', () => {
  let db: TestDatabase;
  const cell = e.newCell();
  const [free, promised, reservationId] = [randomUUID(), randomUUID(), randomUUID()];
  beforeAll(async () => {
    db = await stockDatabase();
    await e.deliver(db, e.ready(promised, cell), e.proposed(reservationId, cell, 1), e.ready(free, { ...cell, grade: 'A' }));
  });
  afterAll(() => db.close());

  test('holds, and each rule had something to look at', async () => {
    expect(await violations(db)).toEqual([]);
    for (const { examined } of invariants) expect((await db.sql<{ n: number }>(examined))[0]?.n).toBeGreaterThan(0);
  });

  test.each([
    ['cell-counts', `update stock_cell set free = free + 1 where id = '${cellId(cell)}'`, cellId(cell)],
    ['item-cell', `update stock_item set grade = 'C' where id = '${free}'`, free],
    ['one-active-reservation', `update reservation_item set ended = 'released', ended_at = now() where item_id = '${promised}'`, promised],
    ['one-active-reservation', `insert into reservation_item (reservation_id, item_id) values ('${reservationId}', '${free}')`, free],
    ['reservation-holds', `update reservation set state = 'expired', expires_at = null where id = '${reservationId}'`, reservationId],
    ['reservation-holds', `update reservation set asked = 0 where id = '${reservationId}'`, reservationId],
    ['recalled-not-promised', `insert into recall_mark (device_id, recalled_at, reason) values ('${promised}', now(), 'contested')`, promised],
  ])('%s is seen to be broken by: %s', async (name, corruption, id) => {
    const rule = invariants.find((one) => one.name === name);
    await db.sql('begin');
    await db.sql(corruption);
    const rows = await db.sql<{ id: string }>(rule?.violations ?? '');
    await db.sql('rollback');
    expect(rows.map((row) => row.id)).toContain(id);
  });

  test('of two active reservations for one item the database takes only the first', async () => {
    const other = randomUUID();
    await e.deliver(db, e.proposed(other, cell, 1));
    await expect(db.sql('insert into reservation_item (reservation_id, item_id) values ($1, $2)', [other, promised])).rejects.toThrow(/reservation_item_active/);
  });

  test('a count below zero is refused by the database', async () => {
    await expect(db.sql(`update stock_cell set reserved = -1 where id = $1`, [cellId(cell)])).rejects.toThrow(/check/);
  });
});
