import { World } from './testing/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
  const structure = await world.structure();
  await world.stock(3);
  await world.need(structure, { quantity: 4 });
  await world.round();
});
afterAll(() => world.db.close());

describe('each invariant', () => {
  it('holds, and has rows to speak of', async () => {
    await world.verify();
    expect(await world.examined()).toEqual({ 'line-sums': 1, 'line-of-allocations': 1, 'need-state-of-lines': 1, 'quota-counted': 1, 'quota-kept': 1, 'round-sums': 1 });
  });

  it.each([
    ['line-sums', 'update need_line set open = open + 1, surplus = 1', 'update need_line set open = open - 1, surplus = 0'],
    ['line-of-allocations', 'update need_line set allocated = 2, open = 2', 'update need_line set allocated = 3, open = 1'],
    ['need-state-of-lines', `update need set state = 'fulfilled'`, `update need set state = 'partly-allocated'`],
    ['quota-counted', 'update quota_use set used = 2', 'update quota_use set used = 3'],
    ['quota-kept', 'update quota_use set allowed = 2', 'update quota_use set allowed = 100'],
    ['round-sums', 'update round set devices = 4', 'update round set devices = 3'],
  ])('%s names the row that breaks it', async (name, damage, repair) => {
    await world.db.sql(damage);
    await expect(world.verify()).rejects.toThrow(name);
    await world.db.sql(repair);
    await world.verify();
  });
});
