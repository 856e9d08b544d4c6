import { randomUUID } from 'node:crypto';
import { inventory, matching } from '@lacollecte/contracts';
import { World } from '../testing/world.js';
import { cancelShipment } from './cancel-shipment.js';
import { openParcel } from './open-parcel.js';
import { packDevice } from './pack-devices.js';
import { reportMissing } from './report-missing.js';
import { startPicking } from './start-picking.js';

describe('accepted allocations', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterEach(() => world.check());
  afterAll(() => world.db.close());
  const newPlace = () => ({ siteId: randomUUID(), structureId: randomUUID() });
  const shipments = async (structureId: string) => (await world.db.sql<{ n: number }>('select count(*)::int as n from shipment where structure_id = $1', [structureId]))[0]?.n;
  const aged = (shipmentId: string, days: number) => world.db.sql(
    `with slot as (update shipping_slot set open_until = open_until - $2 * interval '1 day' where shipment_id = $1)
     update shipment_line set created_at = created_at - $2 * interval '1 day' where shipment_id = $1`, [shipmentId, days]);

  it('of one site for one structure share a shipment, however many come at once', async () => {
    const place = newPlace();
    const accepted = await Promise.all(Array.from({ length: 12 }, () => world.accept(place)));
    expect(await shipments(place.structureId)).toBe(1);
    expect((await world.show(await world.shipmentOf(accepted[0] ?? { allocationId: '' }))).lines).toHaveLength(12);
  });

  it('of another site or structure do not', async () => {
    const place = newPlace();
    const ids = await Promise.all([world.accept(place), world.accept({ ...place, siteId: randomUUID() }), world.accept({ ...place, structureId: randomUUID() })]);
    const found = new Set<string>();
    for (const of of ids) found.add(await world.shipmentOf(of));
    expect(found.size).toBe(3);
  });

  it('join within a day, those of the same need within three, and never once picking began', async () => {
    const place = newPlace();
    const first = await world.accept(place);
    const shipmentId = await world.shipmentOf(first);
    await aged(shipmentId, 2);
    const nextDay = await world.accept(place);
    const sameNeed = await world.accept({ ...place, needId: first.needId });
    expect(await world.shipmentOf(nextDay)).not.toBe(shipmentId);
    expect(await world.shipmentOf(sameNeed)).toBe(shipmentId);
    await world.db.as(world.operator(place), (tx) => startPicking(tx, { shipmentId }));
    expect(await world.shipmentOf(await world.accept({ ...place, needId: first.needId }))).toBe(await world.shipmentOf(nextDay));
  });

  it('are planned once, and not at all when their end was heard first', async () => {
    const place = newPlace();
    const accepted = await world.accept(place);
    await world.hear(world.allocation(matching.AllocationAccepted, accepted));
    const ended = { ...place, allocationId: randomUUID(), needId: randomUUID() };
    for (const end of [matching.AllocationWithdrawn, matching.AllocationRefused]) await world.hear(world.allocation(end, ended));
    const expired = { ...ended, allocationId: randomUUID() };
    await world.hear(world.reservation(inventory.ReservationExpired, expired));
    const emptied = { ...ended, allocationId: randomUUID() };
    await world.itemWithdrawn(emptied, randomUUID(), 'held');
    for (const end of [ended, expired, emptied]) await world.hear(world.allocation(matching.AllocationAccepted, end));
    expect((await world.show(await world.shipmentOf(accepted))).lines).toHaveLength(1);
  });

  it('and their end at the same moment leave nothing planned', async () => {
    for (let i = 0; i < 8; i++) {
      const of = { ...newPlace(), allocationId: randomUUID(), needId: randomUUID() };
      await Promise.all([world.hear(world.allocation(matching.AllocationAccepted, of)), world.hear(world.reservation(inventory.ReservationReleased, of))]);
      const open = await world.db.sql('select id from shipment_line where id = $1 and state <> $2', [of.allocationId, 'dropped']);
      expect(open).toEqual([]);
    }
  });
});

describe('answers that come late', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterEach(() => world.check());
  afterAll(() => world.db.close());
  const last = async (shipmentId: string) => (await world.announced(shipmentId)).at(-1);

  it('a commit for a cancelled shipment is given back', async () => {
    const accepted = await world.accept();
    const shipmentId = await world.shipmentOf(accepted);
    const operator = world.operator(accepted);
    await world.db.as(operator, (tx) => startPicking(tx, { shipmentId }));
    await world.db.as(operator, (tx) => cancelShipment(tx, { shipmentId, reason: 'other' }));
    await world.committed(accepted, [await world.ready()]);
    expect(await last(shipmentId)).toMatchObject({ name: 'reservations-freed', data: { state: 'cancelled', freed: [{ reservationId: accepted.allocationId, quantity: 0 }] } });
    expect((await world.show(shipmentId)).devices).toEqual([]);
  });

  it('a replacement for a dropped line is given back', async () => {
    const { shipmentId, operator, devices: [one], ...of } = await world.picking(1);
    await world.db.as(operator, (tx) => reportMissing(tx, { shipmentId, device: one?.id ?? '' }));
    await world.hear(world.allocation(matching.AllocationWithdrawn, of));
    const replacement = await world.ready();
    await world.substituted(of, one?.id ?? '', replacement);
    expect(await last(shipmentId)).toMatchObject({ name: 'reservations-freed', data: { freed: [{ items: [{ itemId: replacement.id }] }] } });
  });

  it('a refused commit drops the line; a withdrawal frees what it holds, and after hand-over changes nothing', async () => {
    const accepted = await world.accept();
    const shipmentId = await world.shipmentOf(accepted);
    await world.db.as(world.operator(accepted), (tx) => startPicking(tx, { shipmentId }));
    await world.hear(world.reservation(inventory.ReservationCommitRefused, accepted));
    expect(await world.show(shipmentId)).toMatchObject({ state: 'cancelled', lines: [{ state: 'dropped', reason: 'not-committed' }] });

    const sealed = await world.packed('sealed');
    await world.hear(world.allocation(matching.AllocationWithdrawn, sealed));
    expect(await last(sealed.shipmentId)).toMatchObject({ name: 'reservations-freed', data: { state: 'cancelled', freed: [{ items: [] }] } });

    const gone = await world.packed('handed-over');
    const { version } = await world.show(gone.shipmentId);
    for (const fact of [world.allocation(matching.AllocationWithdrawn, gone), world.reservation(inventory.ReservationExpired, gone)]) await world.hear(fact);
    expect(await world.show(gone.shipmentId)).toMatchObject({ version, state: 'handed-over' });
  });

  it('facts of what dispatch never heard of are kept, not refused', async () => {
    const of = { allocationId: randomUUID(), siteId: randomUUID(), structureId: randomUUID(), needId: randomUUID() };
    const device = await world.ready();
    await world.committed(of, [device]);
    await world.substituted(of, device.id, null);
    await world.itemWithdrawn(of, device.id);
    expect(await world.db.sql('select id from shipment_line where id = $1', [of.allocationId])).toEqual([]);
  });
});

describe('two operators', () => {
  it('scan the same device at once: it is in one parcel', async () => {
    const world = await World.create();
    try {
      const { shipmentId, devices, operator } = await world.picking(6);
      const parcels: string[] = [];
      for (let i = 0; i < 2; i++) parcels.push((await world.db.as(operator, (tx) => openParcel(tx, { shipmentId }))).parcels[i]?.parcelId ?? '');
      for (const { label } of devices) {
        const answers = await Promise.all(parcels.map((parcelId) =>
          world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: label })).then(() => 'packed', (error: { code: string }) => error.code)));
        expect(answers.sort()).toEqual(['device-already-packed', 'packed']);
      }
      expect((await world.show(shipmentId)).devices.map((d) => d.state)).toEqual(Array(6).fill('packed'));
      await world.check();
    } finally {
      await world.db.close();
    }
  });
});
