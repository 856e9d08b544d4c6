import { readAvailability } from '../queries/availability.js';
import { listAllocations, viewAllocation } from '../queries/view-allocation.js';
import { listExplanations } from '../queries/view-explanation.js';
import { listNeeds, viewNeed } from '../queries/view-need.js';
import { World } from '../testing/world.js';
import { acceptAllocation } from './answer-allocation.js';
import { cancelNeed } from './cancel-need.js';
import { stateNeed } from './state-need.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => {
  await world.verify();
  await world.db.close();
});

it('a structure reads and changes nothing of another', async () => {
  const mine = await world.structure();
  const theirs = await world.structure();
  await world.stock(4);
  const need = await world.need(theirs, { quantity: 3 });
  await world.need(mine, { quantity: 1 });
  const allocation = (await world.round()).allocations.find((a) => a.structure_id === theirs.organisationId)!;
  await world.hold(allocation.id, 3);

  await expect(world.db.as(mine, (tx) => viewNeed(tx, need.needId))).rejects.toThrow('need-not-found');
  await expect(world.db.as(mine, (tx) => viewAllocation(tx, allocation.id))).rejects.toThrow('allocation-not-found');
  await expect(world.db.as(mine, (tx) => acceptAllocation(tx, { allocationId: allocation.id, version: 2 }))).rejects.toThrow('allocation-not-found');
  await expect(world.db.as(mine, (tx) => cancelNeed(tx, { needId: need.needId, version: need.version }))).rejects.toThrow('need-not-found');
  const [needs, allocations, explanations] = await world.db.as(mine, async (tx) => [
    await listNeeds(tx, { limit: 50, structureId: theirs.organisationId }), await listAllocations(tx, { limit: 50 }), await listExplanations(tx, { limit: 50, lineId: need.lines[0]!.lineId }),
  ]);
  expect(needs!.items).toEqual([]);
  expect(allocations!.items.map((a) => (a as { structureId: string }).structureId)).toEqual([mine.organisationId]);
  expect(explanations!.items).toEqual([]);
  for (const table of ['need', 'need_line', 'allocation', 'explanation', 'quota_use']) {
    const rows = await world.db.as(mine, (tx) => tx.dynamic<{ structure_id: string }>(`select distinct structure_id from ${table}`));
    expect([table, rows]).toEqual([table, [{ structure_id: mine.organisationId }]]);
  }
  expect(await world.db.as(mine, (tx) => tx.query('select id from structure'))).toEqual([{ id: mine.organisationId }]);

  // What all ask for together, and what is free past everybody's promises, it does see: as numbers.
  const { categories } = await world.db.as(mine, (tx) => readAvailability(tx, 'laptop'));
  expect(categories[0]).toMatchObject({ asked: 0, lines: 0 });
  expect(categories[0]!.grades.find(({ grade }) => grade === 'B')).toMatchObject({ free: 0, priceCents: 8000 });
});

it('a structure speaks for itself, staff say for whom', async () => {
  const mine = await world.structure();
  const theirs = await world.structure();
  const lines = [{ category: 'laptop' as const, minGrade: 'C' as const, quantity: 1, urgency: 1, public: 'families' as const, reason: '', maxPriceCents: null }];
  const stated = await world.db.as(mine, (tx) => stateNeed(tx, { structureId: theirs.organisationId, lines, topUps: 0 }));
  expect(stated.structureId).toBe(mine.organisationId);
  await expect(world.db.as(world.coordinator, (tx) => stateNeed(tx, { lines, topUps: 0 }))).rejects.toThrow('structure-not-said');
  expect((await world.db.as(world.coordinator, (tx) => stateNeed(tx, { structureId: theirs.organisationId, lines, topUps: 0 }))).structureId).toBe(theirs.organisationId);
});

it('lists needs and allocations from either end, page by page', async () => {
  const [mine, theirs] = [await world.structure(), await world.structure()];
  await world.stock(4);
  const first = await world.need(mine, { quantity: 1 });
  await world.need(theirs, { quantity: 1 });
  const later = await world.need(mine, { quantity: 2 });
  expect((await world.round()).allocations.length).toBeGreaterThan(1);
  const newest = await world.db.as(mine, (tx) => listNeeds(tx, { limit: 1, order: 'newest' }));
  const older = await world.db.as(mine, (tx) => listNeeds(tx, { limit: 1, order: 'newest', after: newest.next! }));
  expect([...newest.items, ...older.items].map(({ needId }) => needId)).toEqual([later.needId, first.needId]);
  const ends = (order: 'oldest' | 'newest') => world.db.as(world.coordinator, async (tx) => (await listAllocations(tx, { limit: 50, order })).items.map(({ allocationId }) => allocationId));
  expect(await ends('newest')).toEqual((await ends('oldest')).toReversed());
});
