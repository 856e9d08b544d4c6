import { dispatch, inventory } from '@lacollecte/contracts';
import { acceptSilently } from '../sweeps/deadlines.js';
import { type AllocationRow, event, World } from '../testing/world.js';
import { acceptAllocation, refuseAllocation } from './answer-allocation.js';
import { cancelNeed } from './cancel-need.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(async () => {
  await world.verify();
  await world.db.close();
});

/** A need of so many laptops, all of them proposed. */
async function proposed(quantity: number) {
  const structure = await world.structure();
  await world.stock(quantity);
  // Of a cell of more than nine a part is kept for urgency 4.
  const need = await world.need(structure, { quantity, urgency: 4 });
  await world.db.sql(`update round set created_at = created_at - interval '1 day'`);
  const [open] = await world.db.sql<{ id: string; job: string }>(`select r.id, j.id as job from round r join job j on j.data ->> 'roundId' = r.id::text where r.state = 'requested'`);
  await world.run(open!.job);
  const [allocation] = await world.allocations(open!.id);
  expect(allocation!.quantity).toBe(quantity);
  return { structure, need, id: allocation!.id };
}
async function accepted(quantity: number) {
  const promised = await proposed(quantity);
  await world.hold(promised.id, quantity);
  const { version } = await world.allocation(promised.id);
  await world.db.as(promised.structure, (tx) => acceptAllocation(tx, { allocationId: promised.id, version }));
  return promised;
}
const state = async (id: string) => {
  const { state: s, quantity, shipped, delivered }: AllocationRow = await world.allocation(id);
  return [s, quantity, shipped, delivered];
};
const needOf = async ({ need }: { need: { needId: string } }) => ({ needId: need.needId, version: (await world.db.sql<{ version: number }>('select version from need where id = $1', [need.needId]))[0]!.version });

describe('inventory answers', () => {
  it('with less: the rest is open again, with its waiting time and quota', async () => {
    const { id, need, structure } = await proposed(5);
    await world.hold(id, 3);
    expect(await state(id)).toEqual(['held', 3, 0, 0]);
    expect(await world.counters(need.needId)).toEqual(['5/2/3/0/0/0']);
    expect(await world.quotaUsed(structure.organisationId)).toBe(3);
  });

  it('with nothing: short', async () => {
    const { id, need, structure } = await proposed(2);
    await world.inventorySays(inventory.ReservationRefused, id, { state: 'refused' });
    expect(await state(id)).toEqual(['short', 0, 0, 0]);
    expect([await world.counters(need.needId), await world.needState(need.needId), await world.quotaUsed(structure.organisationId)]).toEqual([['2/2/0/0/0/0'], 'approved', 0]);
  });

  it('late, after the need was cancelled: it is told again to let go', async () => {
    const promised = await proposed(2);
    await world.db.as(promised.structure, async (tx) => cancelNeed(tx, await needOf(promised)));
    expect(await state(promised.id)).toEqual(['withdrawn', 0, 0, 0]);
    await world.hold(promised.id, 2);
    await world.inventorySays(inventory.ReservationReleased, promised.id, { state: 'released' });
    expect(await state(promised.id)).toEqual(['withdrawn', 0, 0, 0]);
    expect(await world.announced(promised.id)).toEqual(['allocation-proposed', 'allocation-withdrawn', 'allocation-withdrawn']);
    expect(await world.counters(promised.need.needId)).toEqual(['2/0/0/0/0/2']);
  });

  it('late, after the structure refused: it is told again', async () => {
    const { id, structure } = await proposed(2);
    await world.hold(id, 2);
    await world.db.as(structure, (tx) => refuseAllocation(tx, { allocationId: id, version: 2, reason: 'plus besoin' }));
    await world.inventorySays(inventory.ReservationCommitted, id, { state: 'committed', items: 2 });
    expect(await world.announced(id)).toEqual(['allocation-proposed', 'allocation-held', 'allocation-refused', 'allocation-refused']);
  });

  it.each([['expired', inventory.ReservationExpired], ['released', inventory.ReservationReleased]] as const)('that its hold is %s: open again', async (how, definition) => {
    const { id, need } = await accepted(2);
    await world.inventorySays(definition, id, { state: how });
    expect([await state(id), await world.counters(need.needId)]).toEqual([[how === 'expired' ? 'expired' : 'withdrawn', 0, 0, 0], ['2/2/0/0/0/0']]);
  });

  it('that a device was recalled: one less while held; dispatch’s business once committed', async () => {
    const { id, need } = await accepted(3);
    await world.inventorySays(inventory.ReservationItemWithdrawn as typeof inventory.ReservationHeld, id, { items: 2, itemId: crypto.randomUUID() } as never);
    expect(await state(id)).toEqual(['accepted', 2, 0, 0]);
    await world.inventorySays(inventory.ReservationCommitted, id, { state: 'committed', items: 2 });
    await world.inventorySays(inventory.ReservationItemWithdrawn as typeof inventory.ReservationHeld, id, { state: 'committed', items: 1, itemId: crypto.randomUUID() } as never);
    expect(await state(id)).toEqual(['accepted', 2, 0, 0]);
    expect(await world.counters(need.needId)).toEqual(['3/1/2/0/0/0']);
  });

  it('about a reservation that is not ours: nothing', async () => {
    await world.hold(crypto.randomUUID(), 2);
    await world.dispatchSays(dispatch.ParcelHandedOver, { [crypto.randomUUID()]: 1 });
    expect(await world.db.sql('select 1 from outbox')).toEqual([]);
  });
});

describe('the structure answers', () => {
  it('with a part: the rest is open again and inventory hears of it', async () => {
    const { id, need, structure } = await proposed(5);
    await world.hold(id, 5);
    const accept = (version: number) => world.db.as(structure, (tx) => acceptAllocation(tx, { allocationId: id, version, quantity: 3, reason: 'salle trop petite' }));
    await expect(accept(1)).rejects.toThrow('stale-version');
    expect(await accept(2)).toMatchObject({ state: 'accepted', quantity: 3, proposed: 5, refusalReason: 'salle trop petite' });
    await expect(accept(3)).rejects.toThrow('allocation-not-held');
    expect(await world.announced(id)).toEqual(['allocation-proposed', 'allocation-held', 'allocation-reduced', 'allocation-accepted']);
    expect([await world.counters(need.needId), await world.quotaUsed(structure.organisationId)]).toEqual([['5/2/3/0/0/0'], 3]);
  });

  it('with silence: accepted after 3 days', async () => {
    const { id } = await proposed(2);
    await world.hold(id, 2);
    expect(await world.db.worker(acceptSilently)).toBe(0);
    await world.db.sql(`update allocation set answer_by = now() - interval '1 minute' where id = $1`, [id]);
    expect(await world.db.worker(acceptSilently)).toBe(1);
    expect(await state(id)).toEqual(['accepted', 2, 0, 0]);
  });

  it('at the same time as the sweep and inventory: one of them decides', async () => {
    const { id, structure } = await proposed(2);
    await world.hold(id, 2);
    await world.db.sql(`update allocation set answer_by = now() - interval '1 minute' where id = $1`, [id]);
    await Promise.allSettled([
      world.db.as(structure, (tx) => refuseAllocation(tx, { allocationId: id, version: 2, reason: null })),
      world.db.worker(acceptSilently),
      world.inventorySays(inventory.ReservationExpired, id, { state: 'expired' }),
    ]);
    expect(['refused', 'expired']).toContain((await state(id))[0]);
  });
});

describe('dispatch tells', () => {
  it('of several parcels of several allocations, up to the fulfilled need', async () => {
    const first = await accepted(3);
    const second = await accepted(1);
    await world.dispatchSays(dispatch.ParcelHandedOver, { [first.id]: 2, [second.id]: 1 });
    expect([await state(first.id), await state(second.id)]).toEqual([['shipped', 3, 2, 0], ['shipped', 1, 1, 0]]);
    await world.dispatchSays(dispatch.ParcelDelivered as typeof dispatch.ParcelHandedOver, { [first.id]: 2, [second.id]: 1 });
    expect([await world.needState(first.need.needId), await world.needState(second.need.needId)]).toEqual(['allocated', 'fulfilled']);
    await world.dispatchSays(dispatch.ParcelHandedOver, { [first.id]: 1 });
    await world.dispatchSays(dispatch.ParcelDelivered as typeof dispatch.ParcelHandedOver, { [first.id]: 1 });
    expect([await state(first.id), await world.needState(first.need.needId), await world.counters(first.need.needId)]).toEqual([['delivered', 3, 0, 3], 'fulfilled', ['3/0/0/0/3/0']]);
  });

  it('of a missing device, of a parcel that came back, of what it frees: asked for again', async () => {
    const { id, need, structure } = await accepted(4);
    await world.dispatchSays(dispatch.ParcelHandedOver, { [id]: 3 });
    await world.dispatchSays(dispatch.ParcelDelivered as typeof dispatch.ParcelHandedOver, { [id]: 2 }, 1);
    expect([await state(id), await world.counters(need.needId)]).toEqual([['shipped', 3, 1, 1], ['4/1/1/1/1/0']]);
    await world.dispatchSays(dispatch.ParcelReturned as typeof dispatch.ParcelHandedOver, { [id]: 1 });
    expect([await state(id), await world.counters(need.needId)]).toEqual([['shipped', 2, 0, 1], ['4/2/1/0/1/0']]);
    const shipmentId = crypto.randomUUID();
    await world.hear(event(dispatch.ReservationsFreed, shipmentId, 1, {
      shipmentId, siteId: world.site, structureId: structure.organisationId, state: 'cancelled', freed: [{ reservationId: id, quantity: 5 }],
    }));
    expect([await state(id), await world.counters(need.needId)]).toEqual([['delivered', 1, 0, 1], ['4/3/0/0/1/0']]);
    expect([await world.needState(need.needId), await world.quotaUsed(structure.organisationId)]).toEqual(['partly-allocated', 1]);
  });

  it('of a hand-over after the need was cancelled: the delivery stands and is counted', async () => {
    const promised = await accepted(2);
    await world.db.as(promised.structure, async (tx) => cancelNeed(tx, await needOf(promised)));
    await world.dispatchSays(dispatch.ParcelHandedOver, { [promised.id]: 2 });
    expect([await state(promised.id), await world.counters(promised.need.needId)]).toEqual([['shipped', 2, 2, 0], ['2/0/0/2/0/0']]);
    await world.dispatchSays(dispatch.ParcelDelivered as typeof dispatch.ParcelHandedOver, { [promised.id]: 2 });
    expect([await state(promised.id), await world.needState(promised.need.needId)]).toEqual([['delivered', 2, 0, 2], 'cancelled']);
    expect(await world.quotaUsed(promised.structure.organisationId)).toBe(2);
  });

  it('of more than was left of an allocation: what was promised in its place is withdrawn', async () => {
    const { id, need } = await accepted(3);
    await world.inventorySays(inventory.ReservationItemWithdrawn as typeof inventory.ReservationHeld, id, { items: 2, itemId: crypto.randomUUID() } as never);
    await world.stock(1);
    const other = (await world.round()).allocations.find((a) => a.need_id === need.needId)!;
    await world.hold(other.id, 1);
    await world.dispatchSays(dispatch.ParcelHandedOver, { [id]: 3 });
    expect([await state(id), await state(other.id)]).toEqual([['shipped', 3, 3, 0], ['withdrawn', 0, 0, 0]]);
    expect(await world.counters(need.needId)).toEqual(['3/0/0/3/0/0']);
  });
});
