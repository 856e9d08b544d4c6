import { actor } from '@lacollecte/testing';
import { FIRST_PRICE_TABLE } from '../domain/price.js';
import { quarterOf } from '../persistence/quota.repository.js';
import { DatedPriceTable, listPriceTables, readPriceTable } from '../queries/price-table.js';
import { World } from '../testing/world.js';
import { setPriceTable } from './set-price-table.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.db.close());

describe('price tables', () => {
  it('are in force from their day on, and not set for the past', async () => {
    const cheaper = { ...FIRST_PRICE_TABLE, caps: { ...FIRST_PRICE_TABLE.caps, laptop: 4000 } };
    const set = (validFrom: string) => world.db.as(actor('admin'), (tx) => setPriceTable(tx, { validFrom, table: cheaper }));
    const inForce = () => world.db.worker(readPriceTable);
    await set('2999-01-01');
    expect((await inForce())?.table).toEqual(FIRST_PRICE_TABLE);
    await expect(set('2025-01-01')).rejects.toThrow('price-table-in-the-past');
    const [today] = await world.db.sql<{ day: string }>(`select (now() at time zone 'Europe/Paris')::date::text as day`);
    await set(today!.day);
    expect(await inForce()).toEqual({ validFrom: today!.day, table: cheaper });
    expect((await world.db.worker(listPriceTables)).map(({ validFrom }) => validFrom)).toEqual(['2999-01-01', today!.day, '2025-01-01']);
  });

  it('need every category and grade', () => {
    const { laptop: _, ...caps } = FIRST_PRICE_TABLE.caps;
    const parsed = (table: unknown) => DatedPriceTable.safeParse({ validFrom: '2026-01-01', table }).success;
    expect([parsed(FIRST_PRICE_TABLE), parsed({ ...FIRST_PRICE_TABLE, caps })]).toEqual([true, false]);
  });
});

describe('the quarter of a quota', () => {
  it.each([['2026-12-31T22:59:00Z', '2026-10-01'], ['2026-12-31T23:01:00Z', '2027-01-01'], ['2026-06-30T22:01:00Z', '2026-07-01']])('%s is in that of %s in Paris', async (at, quarter) => {
    expect(await world.db.worker((tx) => quarterOf(tx, new Date(at)))).toBe(quarter);
  });
});
