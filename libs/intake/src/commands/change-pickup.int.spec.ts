import { listPickups, showPickup } from '../queries/pickups.js';
import { inventoryOverdue } from '../sweeps/deadlines.js';
import { between, Dock } from '../testing/dock.js';
import { acceptLot, cancelLot } from './advance-lot.js';
import { endPickup, schedulePickup } from './change-pickup.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

describe('pick-ups', () => {
  const schedule = (lotId: string, siteId = dock.siteId) =>
    dock.as(dock.coordinator, (tx) => schedulePickup(tx, { lotId, siteId, plannedOn: '2026-12-01', pallets: 2, boxes: 0, seals: ['A1'] }));
  const end = (pickupId: string, done: boolean, who = dock.operator, version = 1) => dock.as(who, (tx) => endPickup(tx, { pickupId, done, reason: done ? null : 'nobody there', version }));
  const acceptedForPickup = async (quantity: number) => {
    const lotId = await dock.submitted([{ quantity }]);
    await dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: false, decisions: [], version: 3 }));
    return lotId;
  };

  it('are free from fifteen computers on; below, the donor brings them', async () => {
    await expect(acceptedForPickup(14)).rejects.toMatchObject({ code: 'pickup-too-small', params: { least: 15 } });
    expect(await dock.state(await acceptedForPickup(15))).toBe('accepted');
  });

  it('go to several sites, fail and are done; from the first done one the inventory is due', async () => {
    const lotId = await acceptedForPickup(30);
    const [one, two, three] = [await schedule(lotId), await schedule(lotId), await schedule(lotId, dock.otherSiteId)];
    await expect(end(three, true)).rejects.toMatchObject({ code: 'site-not-yours' });
    await end(one, false);
    expect(await dock.show(lotId)).toMatchObject({ version: 4, collectedAt: null, inventoryDueAt: null });
    await end(two, true);
    const collected = await dock.show(lotId);
    expect(between(collected, 'collectedAt', 'inventoryDueAt')).toBe(15 * 86_400_000);
    await end(three, true, dock.otherOperator);
    expect(await dock.show(lotId)).toMatchObject({ version: 5, inventoryDueAt: collected['inventoryDueAt'] });
    await expect(end(two, true, dock.operator, 2)).rejects.toMatchObject({ code: 'pickup-ended' });
    await expect(end(two, true)).rejects.toMatchObject({ code: 'stale-version' });
    expect(await dock.as(dock.donor, (tx) => listPickups(tx, lotId))).toMatchObject([{ state: 'failed', reason: 'nobody there' }, { state: 'done' }, { state: 'done', siteId: dock.otherSiteId }]);
    expect(await dock.told(one)).toEqual(['pickup-scheduled', 'pickup-failed']);
  });

  it('of a cancelled lot are not made', async () => {
    const lotId = await acceptedForPickup(20);
    const pickupId = await schedule(lotId);
    await dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 4 }));
    expect(await dock.as(dock.donor, (tx) => showPickup(tx, pickupId))).toMatchObject({ state: 'failed', reason: 'cancelled', version: 2 });
    expect(await dock.show(lotId)).toMatchObject({ state: 'cancelled', declined: 20, awaited: 0 });
    await expect(schedule(lotId)).rejects.toMatchObject({ code: 'lot-state' });
  });

  it('are not needed for what the donor brings: its inventory is due from when it is there, and late is a task', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 1 }]);
    const there = await dock.show(lotId);
    expect(between(there, 'collectedAt', 'inventoryDueAt')).toBe(15 * 86_400_000);
    await dock.db.sql(`update lot set inventory_due_at = now() - interval '1 minute' where id = $1`, [lotId]);
    expect(await dock.db.worker((tx) => inventoryOverdue.run(tx))).toBe(1);
    expect(await dock.tasks('inventory-overdue', lotId)).toHaveLength(1);
    await dock.close(receptionId);
    await dock.end(lotId);
    expect(await dock.tasks('inventory-overdue', lotId)).toEqual([]);
  });
});
