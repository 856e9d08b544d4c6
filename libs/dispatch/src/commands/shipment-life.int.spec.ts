import { randomUUID } from 'node:crypto';
import { directory } from '@lacollecte/contracts';
import { getPickList } from '../queries/get-shipment.js';
import { listReturns } from '../queries/list-returns.js';
import { event, World } from '../testing/world.js';
import { cancelShipment } from './cancel-shipment.js';
import { changeCarriage } from './change-carriage.js';
import { deliverParcel } from './deliver-parcel.js';
import { failParcel, handOverParcel, retryParcel } from './hand-over-parcel.js';
import { openParcel } from './open-parcel.js';
import { packDevice, packDevices } from './pack-devices.js';
import { findDevice } from './receive-return.js';
import { reportMissing } from './report-missing.js';
import { returnParcel } from './return-parcel.js';
import { reopenParcel, sealParcel } from './seal-parcel.js';
import { startPicking } from './start-picking.js';
import { takeOut } from './take-out.js';

describe('a shipment', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterEach(() => world.check());
  afterAll(() => world.db.close());
  const names = async (shipmentId: string) => (await world.announced(shipmentId)).map((e) => e.name);

  it('goes from shelf to structure', async () => {
    const accepted = await world.accept({ quantity: 2 });
    const shipmentId = await world.shipmentOf(accepted);
    const operator = world.operator(accepted);
    const [one, two] = [await world.ready(), await world.ready()];
    const shown = await world.db.as(operator, (tx) => startPicking(tx, { shipmentId }));
    await world.db.as(operator, (tx) => changeCarriage(tx, { shipmentId, version: shown.version, carriage: 'carrier' }));
    await expect(world.db.as(operator, (tx) => changeCarriage(tx, { shipmentId, version: shown.version, carriage: 'own' }))).rejects.toThrow('stale-version');
    await world.committed(accepted, [one, two], ['B-10', 'B-2']);
    const list = await world.db.as(operator, (tx) => getPickList(tx, shipmentId));
    expect(list.toPick.map((place) => [place.bin, place.label])).toEqual([['B-2', two.label], ['B-10', one.label]]);

    const opened = await world.db.as(operator, (tx) => openParcel(tx, { shipmentId }));
    const parcelId = opened.parcels[0]?.parcelId ?? '';
    const first = await world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: one.label.toLowerCase(), occurredAt: '2026-03-01T09:00:00+01:00' }));
    expect(first).toMatchObject({ deviceId: one.id, parcel: 1, inParcel: 1, toPick: 1 });
    await world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: two.id }));
    await world.db.as(operator, (tx) => sealParcel(tx, { shipmentId, parcelId, seal: 'S-1' }));
    await world.db.as(operator, (tx) => reopenParcel(tx, { shipmentId, parcelId }));
    await world.db.as(operator, (tx) => sealParcel(tx, { shipmentId, parcelId, seal: 'S-2' }));
    await world.db.as(operator, (tx) => handOverParcel(tx, { shipmentId, parcelId, takenBy: 'carrier' }));
    const delivered = await world.db.as(world.structure(accepted), (tx) => deliverParcel(tx, { shipmentId, parcelId, receivedBy: 'employee', missing: [] }));
    expect(delivered).toMatchObject({
      state: 'delivered', carriage: 'carrier', parcels: [{ state: 'delivered', seal: 'S-2', takenBy: 'carrier', receivedBy: 'employee', devices: 2 }],
    });
    expect(delivered.devices.find((d) => d.deviceId === one.id)).toMatchObject({ scannedAt: '2026-03-01T08:00:00.000Z' });
    expect(await names(shipmentId)).toEqual([
      'shipment-planned', 'picking-started', 'picking-requested', 'shipment-changed', 'shipment-changed', 'parcel-opened', 'device-packed', 'device-packed',
      'parcel-sealed', 'parcel-reopened', 'parcel-sealed', 'parcel-handed-over', 'parcel-delivered',
    ]);
  });

  it('answers each scan of a list on its own, and the same scan as before', async () => {
    const { shipmentId, devices: [one, two], operator } = await world.picking(2);
    const other = await world.ready();
    const parcelId = (await world.db.as(operator, (tx) => openParcel(tx, { shipmentId }))).parcels[0]?.parcelId ?? '';
    const unheard = randomUUID();
    const scans = [one?.label ?? '', other.label, 'LC-7K3M-9AQT', unheard, two?.label ?? '', one?.label ?? ''].map((device) => ({ device }));
    const results = await world.db.as(operator, (tx) => packDevices(tx, { shipmentId, parcelId, scans }));
    expect(results.map((r) => r.problem?.code ?? 'packed')).toEqual(['packed', 'device-not-of-shipment', 'not-a-label', 'not-here-yet', 'packed', 'packed']);
    const { version } = await world.show(shipmentId);
    await world.db.as(operator, (tx) => packDevices(tx, { shipmentId, parcelId, scans: scans.slice(0, 1) }));
    expect((await world.show(shipmentId)).version).toBe(version);
    await expect(world.db.as(operator, (tx) => packDevice(tx, { shipmentId, parcelId, device: unheard }))).rejects.toThrow('not-here-yet');
  });

  it('replaces a device that is not in its bin, or goes without it', async () => {
    const { shipmentId, devices: [one, two], operator, ...accepted } = await world.picking(2);
    const [first, second] = [one?.id ?? '', two?.id ?? ''];
    await world.db.as(operator, (tx) => reportMissing(tx, { shipmentId, device: first }));
    await world.db.as(operator, (tx) => reportMissing(tx, { shipmentId, device: second }));
    const list = await world.db.as(operator, (tx) => getPickList(tx, shipmentId));
    expect(list).toMatchObject({ toPick: [], replacements: [{ state: 'substituting' }, { state: 'substituting' }] });
    const replacement = await world.ready();
    await world.substituted(accepted, first, replacement);
    await world.substituted(accepted, second, null);
    const shown = await world.show(shipmentId);
    expect(new Map(shown.devices.map((d) => [d.deviceId, [d.state, d.replaces]]))).toEqual(
      new Map([[first, ['substituted', null]], [second, ['short', null]], [replacement.id, ['to-pick', first]]]),
    );
    expect(shown.lines).toMatchObject([{ quantity: 1, state: 'committed' }]);
    const freed = (await world.announced(shipmentId)).find((e) => e.name === 'reservations-freed');
    expect(freed?.data).toMatchObject({ freed: [{ reservationId: accepted.allocationId, quantity: 1, items: [] }] });
  });

  it('fails, is tried again, and comes back', async () => {
    const { shipmentId, parcelId, operator } = await world.packed('handed-over');
    const at = { shipmentId, parcelId };
    await world.db.as(operator, (tx) => failParcel(tx, { ...at, reason: 'nobody-there' }));
    await world.db.as(operator, (tx) => retryParcel(tx, { ...at, takenBy: 'driver' }));
    await world.db.as(operator, (tx) => failParcel(tx, { ...at, reason: 'refused' }));
    const back = await world.db.as(operator, (tx) => returnParcel(tx, { ...at, sealIntact: false }));
    expect(back).toMatchObject({ state: 'returned', parcels: [{ state: 'returned', sealIntact: false, failure: 'refused' }] });
    expect((await names(shipmentId)).slice(-5)).toEqual(['parcel-handed-over', 'parcel-failed', 'parcel-sent-again', 'parcel-failed', 'parcel-returned']);
    await expect(world.db.as(operator, (tx) => deliverParcel(tx, { ...at, receivedBy: 'other', missing: [] }))).rejects.toThrow('parcel-not-in-state');
  });

  it('is cancelled: its devices go back to a bin of the site, one by one', async () => {
    const { shipmentId, operator, devices: [one], ...of } = await world.packed('sealed');
    await world.hear(event(directory.SiteRegistered, of.siteId, { ...directory.SiteRegistered.example, siteId: of.siteId, bins: ['A-01', 'C-07'] }));
    const cancelled = await world.db.as(operator, (tx) => cancelShipment(tx, { shipmentId, reason: 'structure-asked' }));
    expect(cancelled).toMatchObject({ state: 'cancelled', lines: [{ state: 'dropped', reason: 'structure-asked' }], parcels: [{ state: 'cancelled' }] });
    expect((await world.db.as(operator, (tx) => getPickList(tx, shipmentId))).toTakeOut).toHaveLength(2);
    const device = one?.label ?? '';
    await expect(world.db.as(operator, (tx) => takeOut(tx, { shipmentId, device, bin: 'X-99' }))).rejects.toThrow('bin-unknown');
    await world.db.as(operator, (tx) => takeOut(tx, { shipmentId, device, bin: 'C-07' }));
    const events = await world.announced(shipmentId);
    expect(events.slice(-5).map((e) => e.name)).toEqual(['shipment-changed', 'parcel-reopened', 'reservations-freed', 'device-unpacked', 'reservations-freed']);
    expect(events.at(-3)?.data).toMatchObject({ freed: [{ quantity: 2, items: [] }] });
    expect(events.at(-1)?.data).toMatchObject({ freed: [{ quantity: 0, items: [{ itemId: one?.id, bin: 'C-07' }] }] });
  });

  it('loses a device that did not arrive, until it is found', async () => {
    const { shipmentId, parcelId, operator, devices: [one], ...of } = await world.packed('handed-over');
    const said = { shipmentId, parcelId, receivedBy: 'volunteer', missing: [one?.label ?? ''] };
    const delivered = await world.db.as(world.structure(of), (tx) => deliverParcel(tx, said));
    expect(delivered.devices.filter((d) => d.returnState === 'lost').map((d) => d.deviceId)).toEqual([one?.id]);
    expect(await world.db.as(operator, (tx) => deliverParcel(tx, said))).toEqual(delivered);
    await expect(world.db.as(operator, (tx) => deliverParcel(tx, { ...said, missing: [] }))).rejects.toThrow('parcel-delivered-otherwise');
    const [lost] = (await world.db.as(operator, (tx) => listReturns(tx, { limit: 10, device: one?.label }))).items;
    await world.db.as(operator, (tx) => findDevice(tx, { returnId: lost?.returnId ?? '' }));
    expect(await world.returnsOf(one?.id ?? '')).toEqual(['delivery-device-lost', 'delivery-device-found']);
    expect((await world.announced(shipmentId)).at(-1)?.data).toMatchObject({ missing: [one?.id] });
  });
});
