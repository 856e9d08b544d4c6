import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '@lacollecte/testing';
import * as e from '../testing/events.js';
import { announced, counts, itemRow, lastData, nothingBroken, reservationRow, stockDatabase } from '../testing/stock.js';

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]];
  return of.flatMap((first, i) => permutations([...of.slice(0, i), ...of.slice(i + 1)]).map((rest) => [first, ...rest]));
}

describe('a recall', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await stockDatabase();
  });
  afterEach(() => nothingBroken(db));
  afterAll(() => db.close());

  const marked = async (id: string) => (await db.sql('select from recall_mark where device_id = $1', [id])).length === 1;

  test.each(permutations(['ready', 'recall', 'reserve', 'pick']).map((order) => [order.join(', '), order] as const))('in the order %s', async (_, order) => {
    const cell = e.newCell();
    const [id, reservationId] = [randomUUID(), randomUUID()];
    const steps: Record<string, () => Promise<void>> = {
      ready: () => e.deliver(db, e.ready(id, cell, 10)),
      recall: () => e.deliver(db, e.recalled(id, 20)),
      reserve: () => e.deliver(db, e.proposed(reservationId, cell, 1), e.pickingRequested(reservationId)),
      pick: () => e.deliver(db, e.sealed([{ itemId: id, reservationId }])),
    };
    for (const step of order) await steps[step]?.();
    expect(await itemRow(db, id)).toMatchObject({ state: 'quarantined', quarantine: 'recalled', reservation_id: null });
    expect((await announced(db, id)).filter((name) => name === 'item-sent-back')).toHaveLength(1);
    expect((await announced(db, id)).at(-1)).toBe('item-sent-back');
    expect((await reservationRow(db, reservationId))?.holds ?? []).toEqual([]);
    expect(await counts(db, cell)).toBe('0/0/0');
    expect(await marked(id)).toBe(true);

    await e.deliver(db, e.ready(id, cell, 20, 21));
    expect(await itemRow(db, id)).toMatchObject({ state: 'quarantined' });
    await e.deliver(db, e.ready(id, { ...cell, grade: 'A' }, 30));
    expect(await itemRow(db, id)).toMatchObject({ state: 'in-stock', grade: 'A' });
    expect(await marked(id)).toBe(false);
    expect(await counts(db, { ...cell, grade: 'A' })).toBe('1/0/0');
  });

  test('takes the item out of its reservation and says so to its holder', async () => {
    const cell = e.newCell();
    const [id, other, reservationId] = [randomUUID(), randomUUID(), randomUUID()];
    await e.deliver(db, e.ready(id, cell), e.ready(other, cell), e.proposed(reservationId, cell, 2));
    await e.deliver(db, e.recalled(id, 20));
    expect(await lastData(db, reservationId)).toMatchObject({ state: 'held', itemId: id, itemIds: [other], shortfall: 1 });
    expect((await announced(db, reservationId)).at(-1)).toBe('reservation-item-withdrawn');
    expect(await counts(db, cell)).toBe('0/1/0');
  });

  test('that newer evidence has answered already changes nothing', async () => {
    const id = randomUUID();
    await e.deliver(db, e.ready(id, e.newCell(), 30));
    await e.deliver(db, e.recalled(id, 20));
    expect(await itemRow(db, id)).toMatchObject({ state: 'in-stock' });
    expect(await marked(id)).toBe(false);
  });

  test('older than another does not move the mark back', async () => {
    const id = randomUUID();
    await e.deliver(db, e.recalled(id, 40), e.recalled(id, 20));
    await e.deliver(db, e.ready(id, e.newCell(), 30));
    expect(await itemRow(db, id)).toMatchObject({ state: 'quarantined' });
  });

  test('told twice is announced once', async () => {
    const id = randomUUID();
    const recall = e.recalled(id, 20);
    await e.deliver(db, e.ready(id, e.newCell()), recall, recall);
    await e.deliver(db, recall);
    expect(await announced(db, id)).toEqual(['item-stocked', 'item-sent-back']);
  });

  test('and a proposal for the same item at the same moment: it is never promised in the end', async () => {
    for (let round = 0; round < 15; round++) {
      const cell = e.newCell();
      const [id, reservationId] = [randomUUID(), randomUUID()];
      await e.deliver(db, e.ready(id, cell));
      await Promise.all([e.deliver(db, e.proposed(reservationId, cell, 1)), e.deliver(db, e.recalled(id, 20))]);
      expect(await itemRow(db, id)).toMatchObject({ state: 'quarantined' });
      expect((await reservationRow(db, reservationId))?.holds).toEqual([]);
      expect(await counts(db, cell)).toBe('0/0/0');
    }
  });
});

describe('a ready device', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await stockDatabase();
  });
  afterEach(() => nothingBroken(db));
  afterAll(() => db.close());

  test('told twice, or late, is stock once', async () => {
    const cell = e.newCell();
    const id = randomUUID();
    const told = e.ready(id, cell, 10);
    await e.deliver(db, told, told);
    await e.deliver(db, told);
    await e.deliver(db, e.ready(id, { ...cell, grade: 'C' }, 9));
    expect(await announced(db, id)).toEqual(['item-stocked']);
    expect(await counts(db, cell)).toBe('1/0/0');
  });

  test('of a thousand at once is each stock, each with its own cause', async () => {
    const cell = e.newCell();
    const events = Array.from({ length: 1000 }, () => e.ready(randomUUID(), cell));
    await e.deliver(db, ...events);
    expect(await counts(db, cell)).toBe('1000/0/0');
    const [row] = await db.sql<{ causes: number }>(
      `select count(distinct causation_id)::int as causes from outbox where key = any($1)`,
      [events.map((one) => one.key)],
    );
    expect(row?.causes).toBe(1000);
  });
});
