import { randomUUID } from 'node:crypto';
import { typesConsumedBy } from '@lacollecte/contracts';
import { actor } from '@lacollecte/testing';
import { cancelShipment } from './commands/cancel-shipment.js';
import { deliverParcel } from './commands/deliver-parcel.js';
import { startPicking } from './commands/start-picking.js';
import { getShipment } from './queries/get-shipment.js';
import { listReturns } from './queries/list-returns.js';
import { listShipments } from './queries/list-shipments.js';
import { handlers, World } from './testing/world.js';

describe('who may see and do what', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world.db.close());

  it('handles what the contract says it consumes', () => {
    expect([...handlers.keys()].sort()).toEqual(typesConsumedBy('dispatch').sort());
  });

  it('keeps operators to their own sites, coordinators to none', async () => {
    const accepted = await world.accept();
    const shipmentId = await world.shipmentOf(accepted);
    const stranger = world.operator({ siteId: randomUUID() });
    await expect(world.db.as(stranger, (tx) => startPicking(tx, { shipmentId }))).rejects.toThrow('other-site');
    await expect(world.db.as(stranger, (tx) => getShipment(tx, shipmentId))).rejects.toThrow('other-site');
    expect(await world.db.as(stranger, (tx) => listShipments(tx, { limit: 10 }))).toEqual({ items: [], next: null });
    const cancelled = await world.db.as(actor('coordinator'), (tx) => cancelShipment(tx, { shipmentId, reason: 'other' }));
    expect(cancelled.state).toBe('cancelled');
  });

  it('shows a structure its own rows only, in every table', async () => {
    const { shipmentId, parcelId, devices: [one], ...own } = await world.packed('handed-over');
    await world.recall(one?.id ?? '');
    const stranger = actor('structure', { organisationId: randomUUID() });
    const delivery = { shipmentId, parcelId, receivedBy: 'employee', missing: [] };
    await expect(world.db.as(stranger, (tx) => getShipment(tx, shipmentId))).rejects.toThrow('shipment-not-found');
    await expect(world.db.as(stranger, (tx) => deliverParcel(tx, delivery))).rejects.toThrow('shipment-not-found');
    await world.recall((await world.packed('handed-over')).devices[0]?.id ?? '');
    for (const table of ['shipment', 'shipment_line', 'shipment_item', 'parcel', 'device_return']) {
      const count = (who: typeof stranger) => world.db.as(who, (tx) => tx.dynamic<{ n: number }>(`select count(*)::int as n from ${table}`));
      expect([table, await count(stranger)]).toEqual([table, [{ n: 0 }]]);
      const [mine] = await count(world.structure(own));
      const [all] = await count(actor('coordinator'));
      expect(mine?.n).toBeGreaterThan(0);
      expect(all?.n).toBeGreaterThan(mine?.n ?? 0);
    }
    const mine = await world.db.as(world.structure(own), (tx) => listShipments(tx, { limit: 10 }));
    expect(mine.items.map((s) => s.shipmentId)).toEqual([shipmentId]);
    expect((await world.db.as(stranger, (tx) => listReturns(tx, { limit: 10 }))).items).toEqual([]);
  });

  it('lists page by page, by site, state and structure', async () => {
    const siteId = randomUUID();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.push(await world.shipmentOf(await world.accept({ siteId })));
    const coordinator = actor('coordinator');
    const first = await world.db.as(coordinator, (tx) => listShipments(tx, { limit: 2, siteId, state: 'planned' }));
    const second = await world.db.as(coordinator, (tx) => listShipments(tx, { limit: 2, siteId, after: first.next ?? undefined }));
    expect([...first.items, ...second.items].map((s) => s.shipmentId)).toEqual(made);
    expect(first.items[0]).toMatchObject({ devices: 2, packed: 0, parcels: 0 });
    expect(second.next).toBeNull();
    expect((await world.db.as(coordinator, (tx) => listShipments(tx, { limit: 2, siteId, state: 'packed' }))).items).toEqual([]);
    const newest = await world.db.as(coordinator, (tx) => listShipments(tx, { limit: 2, siteId, order: 'newest' }));
    const older = await world.db.as(coordinator, (tx) => listShipments(tx, { limit: 2, siteId, order: 'newest', after: newest.next ?? undefined }));
    expect([...newest.items, ...older.items].map((s) => s.shipmentId)).toEqual(made.toReversed());
  });
});
