import { randomUUID } from 'node:crypto';
import { type DomainError, refurbishment } from '@lacollecte/contracts';
import { applyEvents } from '@lacollecte/messaging';
import { eventually } from '@lacollecte/testing';
import { getPickList } from '../queries/get-shipment.js';
import { listReturns } from '../queries/list-returns.js';
import { event, handlers, World } from '../testing/world.js';
import { deliverParcel } from './deliver-parcel.js';
import { failParcel, handOverParcel, retryParcel } from './hand-over-parcel.js';
import { openParcel } from './open-parcel.js';
import { packDevice } from './pack-devices.js';
import { receiveReturn } from './receive-return.js';
import { returnParcel } from './return-parcel.js';
import { sealParcel } from './seal-parcel.js';
import { startPicking } from './start-picking.js';
import { takeOut } from './take-out.js';

const LATER = '2026-03-01T00:00:00.000Z';

describe('a recall', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterEach(() => world.check());
  afterAll(() => world.db.close());
  const names = async (shipmentId: string, last: number) => (await world.announced(shipmentId)).slice(-last).map((e) => e.name);
  const stateOf = async (shipmentId: string, deviceId: string) => (await world.show(shipmentId)).devices.find((d) => d.deviceId === deviceId)?.state;

  it('holds when it comes before the device, its label or its shipment is known, until a newer erasure', async () => {
    const deviceId = randomUUID();
    await world.recall(deviceId, '2026-02-01T00:00:00.000Z');
    const device = await world.ready(deviceId, '2026-01-15T00:00:00.000Z');
    const accepted = await world.accept({ quantity: 1 });
    const shipmentId = await world.shipmentOf(accepted);
    const operator = world.operator(accepted);
    await world.db.as(operator, (tx) => startPicking(tx, { shipmentId }));
    await world.committed(accepted, [device]);
    expect(await stateOf(shipmentId, deviceId)).toBe('pulled');
    expect(await names(shipmentId, 2)).toEqual(['shipment-changed', 'substitution-requested']);
    const { parcels } = await world.db.as(operator, (tx) => openParcel(tx, { shipmentId }));
    const parcelId = parcels[0]?.parcelId ?? '';
    await expect(world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: device.label }))).rejects.toThrow('device-recalled');

    await world.ready(deviceId, LATER, device.label);
    await world.ready(deviceId, '2026-01-15T00:00:00.000Z', device.label);
    await world.recall(deviceId, '2026-02-01T00:00:00.000Z');
    await world.substituted(accepted, deviceId, device);
    await world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: device.label }));
    expect(await stateOf(shipmentId, deviceId)).toBe('packed');
  });

  it('replaces a device that is still in its bin', async () => {
    const { shipmentId, devices: [one], ...accepted } = await world.picking(1);
    await world.recall(one?.id ?? '');
    expect(await names(shipmentId, 2)).toEqual(['shipment-changed', 'substitution-requested']);
    const other = await world.ready();
    await world.substituted(accepted, one?.id ?? '', other);
    expect((await world.show(shipmentId)).devices.map((d) => d.state)).toEqual(['substituted', 'to-pick']);
  });

  it.each(['open', 'sealed'] as const)('pulls a device from a parcel that is %s, asks once, and takes it out', async (until) => {
    const { shipmentId, parcelId, operator, devices: [one], ...accepted } = await world.packed(until);
    const device = one?.id ?? '';
    await world.recall(device);
    await world.itemWithdrawn(accepted, device);
    await world.recall(device, LATER);
    const asked = (await world.announced(shipmentId)).filter((e) => e.name === 'substitution-requested');
    expect(asked).toHaveLength(1);
    expect(await names(shipmentId, until === 'open' ? 2 : 3)).toEqual(['shipment-changed', ...(until === 'open' ? [] : ['parcel-reopened']), 'substitution-requested']);
    await expect(world.db.as(operator, (tx) => sealParcel(tx, { shipmentId, parcelId, seal: 'S-9' }))).rejects.toThrow('recalled-device-in-parcel');
    expect((await world.db.as(operator, (tx) => getPickList(tx, shipmentId))).toTakeOut).toMatchObject([{ deviceId: device, state: 'pulled' }]);
    await world.db.as(operator, (tx) => takeOut(tx, { shipmentId, device, bin: 'A-01' }));
    await world.substituted(accepted, device, null);
    const sealed = await world.db.as(operator, (tx) => sealParcel(tx, { shipmentId, parcelId, seal: 'S-9' }));
    expect(sealed).toMatchObject({ state: 'packed', lines: [{ quantity: 1 }], parcels: [{ devices: 1 }] });
  });

  it('asks a device back that is on its way: the structure sees it, and the parcel is not sent again', async () => {
    const { shipmentId, parcelId, operator, devices: [one], ...accepted } = await world.packed('handed-over');
    const device = one?.id ?? '';
    await world.recall(device);
    await world.recall(device, LATER);
    expect(await world.returnsOf(device)).toEqual(['return-requested']);
    const told = await world.db.as(world.structure(accepted), (tx) => listReturns(tx, { limit: 10 }));
    expect(told.items).toMatchObject([{ deviceId: device, label: one?.label, state: 'requested', reason: 'erasure-contested', reasonText: refurbishment.RECALL_TEXTS['erasure-contested'] }]);
    const returnId = told.items[0]?.returnId ?? '';
    await expect(world.db.as(operator, (tx) => receiveReturn(tx, { returnId }))).rejects.toThrow('parcel-on-its-way');
    await world.db.as(operator, (tx) => failParcel(tx, { shipmentId, parcelId, reason: 'refused' }));
    await expect(world.db.as(operator, (tx) => retryParcel(tx, { shipmentId, parcelId, takenBy: 'driver' }))).rejects.toThrow('recalled-device-in-parcel');
    await world.db.as(operator, (tx) => returnParcel(tx, { shipmentId, parcelId, sealIntact: true }));
    expect(await world.returnsOf(device)).toEqual(['return-requested', 'return-received']);
  });

  it('asks a delivered device back, which is received at any site of the operator', async () => {
    const { shipmentId, parcelId, operator, devices: [one, two] } = await world.packed('handed-over');
    const device = one?.id ?? '';
    await world.db.as(operator, (tx) => deliverParcel(tx, { shipmentId, parcelId, receivedBy: 'manager', missing: [two?.id ?? ''] }));
    await world.recall(device);
    await world.recall(two?.id ?? '');
    expect(await world.returnsOf(two?.id ?? '')).toEqual(['delivery-device-lost']);
    const [asked] = (await world.db.as(operator, (tx) => listReturns(tx, { limit: 10, state: 'requested' }))).items;
    const elsewhere = world.operator({ siteId: randomUUID() });
    const returnId = asked?.returnId ?? '';
    await expect(world.db.as(elsewhere, (tx) => receiveReturn(tx, { returnId }))).rejects.toThrow('other-site');
    const received = await world.db.as(elsewhere, (tx) => receiveReturn(tx, { returnId, siteId: elsewhere.siteIds[0] }));
    expect(received).toMatchObject({ state: 'received', siteId: elsewhere.siteIds[0], deviceId: device });
    expect(await world.db.as(elsewhere, (tx) => receiveReturn(tx, { returnId, siteId: elsewhere.siteIds[0] }))).toEqual(received);
    await world.recall(device, LATER);
    expect(await world.returnsOf(device)).toEqual(['return-requested', 'return-received']);
  });

  it('of a device on its way that then is missing ends as lost', async () => {
    const { shipmentId, parcelId, operator, devices: [one] } = await world.packed('handed-over');
    const device = one?.id ?? '';
    await world.recall(device);
    await world.db.as(operator, (tx) => deliverParcel(tx, { shipmentId, parcelId, receivedBy: 'reception', missing: [device] }));
    expect(await world.returnsOf(device)).toEqual(['return-requested', 'delivery-device-lost']);
  });

  describe('and a hand-over at the same moment', () => {
    const recall = (deviceId: string) => event(refurbishment.DeviceRecalled, deviceId, refurbishment.DeviceRecalled.schema.parse({ ...refurbishment.DeviceRecalled.example, deviceId }));
    const waiting = () => eventually(
      async () => expect(await world.db.sql("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).toHaveLength(1),
      { what: 'the second one waits for the first' },
    );

    it('keeps the device here where the recall was first', async () => {
      const { shipmentId, parcelId, operator, devices: [one] } = await world.packed('sealed');
      const device = one?.id ?? '';
      let handOver = Promise.resolve('');
      await world.db.worker(async (tx) => {
        await applyEvents(tx, [recall(device)], handlers);
        handOver = world.db.as(operator, (other) => handOverParcel(other, { shipmentId, parcelId, takenBy: 'driver' })).then(() => 'left', (error: DomainError) => error.code);
        await waiting();
      });
      expect(await handOver).toBe('parcel-not-in-state');
      expect(await stateOf(shipmentId, device)).toBe('pulled');
    });

    it('asks the device back where the hand-over was first', async () => {
      const { shipmentId, parcelId, operator, devices: [one] } = await world.packed('sealed');
      const device = one?.id ?? '';
      let recalled = Promise.resolve();
      await world.db.as(operator, async (tx) => {
        await handOverParcel(tx, { shipmentId, parcelId, takenBy: 'driver' });
        recalled = world.db.worker(async (other) => void (await applyEvents(other, [recall(device)], handlers)));
        await waiting();
      });
      await recalled;
      expect(await stateOf(shipmentId, device)).toBe('packed');
      expect(await world.returnsOf(device)).toEqual(['return-requested']);
    });
  });
});
