import { actor } from '@lacollecte/testing';
import { type Journey, journey } from '../fixtures/journey.js';
import { TestSystem } from '../fixtures/system.js';
import { settled } from './backlog.js';
import { check } from './check.js';

let system: TestSystem;
let made: Journey;

beforeAll(async () => {
  system = await TestSystem.start();
  made = await journey(system);
}, 120_000);
afterAll(() => system.close());

it('one device goes through all five services, and each of them says so', async () => {
  const staff = actor(['coordinator', 'admin']);
  const { lotId, deviceId, needId, shipmentId, allocationId, inStock } = made;
  expect(await system.call(staff, 'GET', `intake/lots/${lotId}`)).toMatchObject({ state: 'received', declared: 2, received: 2, awaited: 0, outcomes: { delivered: 1 } });
  expect(await system.call(staff, 'GET', `refurbishment/devices/${deviceId}`)).toMatchObject({ state: 'delivered' });
  expect(await system.call(staff, 'GET', `inventory/items/${deviceId}`)).toMatchObject({ state: 'issued', reservationId: allocationId });
  expect(await system.call(staff, 'GET', `inventory/items/${inStock}`)).toMatchObject({ state: 'in-stock', reservationId: null });
  expect(await system.call(staff, 'GET', `inventory/reservations/${allocationId}`)).toMatchObject({ state: 'consumed' });
  expect(await system.call(staff, 'GET', `matching/allocations/${allocationId}`)).toMatchObject({ state: 'delivered', quantity: 1, delivered: 1 });
  expect(await system.call(staff, 'GET', `matching/needs/${needId}`)).toMatchObject({ state: 'fulfilled', lines: [{ asked: 1, open: 0, delivered: 1 }] });
  expect(await system.call(staff, 'GET', `dispatch/shipments/${shipmentId}`)).toMatchObject({ state: 'delivered', devices: [{ deviceId, state: 'packed' }] });
});

interface Told {
  readonly device: { readonly stage: string; readonly structureId: string; readonly lotId: string; readonly department: string };
  readonly steps: readonly { readonly name: string; readonly at: string; readonly actor: string | null; readonly key: string }[];
}
/** What every delivered device has gone through, in this order. */
const WAY = [
  'intake.lot-opened', 'intake.lot-submitted', 'intake.lot-accepted', 'intake.device-received', 'refurbishment.device-arrived', 'refurbishment.device-diagnosed',
  'refurbishment.drive-evidence-recorded', 'refurbishment.device-ready', 'inventory.item-stocked', 'matching.allocation-proposed', 'inventory.item-reserved',
  'matching.allocation-accepted', 'dispatch.shipment-planned', 'dispatch.device-packed', 'dispatch.parcel-sealed', 'dispatch.parcel-handed-over', 'dispatch.parcel-delivered',
  'refurbishment.device-delivered',
];

it('the timeline of every delivered device runs from its lot to its delivery, and says who', async () => {
  expect(await settled(system.urls, 30_000, () => undefined)).toBeUndefined();
  const delivered = await system.database('refurbishment').sql<{ id: string }>(`select id from device where state = 'delivered'`);
  expect(delivered.length).toBeGreaterThan(0);
  for (const { id } of delivered) {
    const { device, steps } = (await system.call(actor('ops'), 'GET', `traceability/devices/${id}/timeline`)) as unknown as Told;
    expect(device).toMatchObject({ stage: 'delivered', lotId: made.lotId, structureId: made.structureId, department: '69' });
    const names = steps.map(({ name }) => name);
    expect(WAY.filter((name) => !names.includes(name))).toEqual([]);
    const places = WAY.map((name) => names.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(steps.filter(({ actor: who }) => who === null)).toEqual([]);
    const people = await system.database('intake').sql<{ by: string }>('select received_by as by from device where id = $1', [id]);
    expect(steps.find(({ name }) => name === 'intake.device-received')!.actor).toBe(people[0]!.by);
    // Nothing that speaks of another device alone.
    expect(JSON.stringify(steps)).not.toContain(made.inStock);
  }
});

it('every rule holds, and nothing is left in flight', async () => {
  expect(await settled(system.urls, 30_000, () => undefined)).toBeUndefined();
  const { rules, inFlight } = await check(system.urls);
  expect(inFlight).toEqual([]);
  expect(rules.filter((rule) => rule.violated > 0)).toEqual([]);
  const across = rules.filter((rule) => rule.where === 'all services');
  expect(across.length).toBeGreaterThan(5);
  expect(across.filter((rule) => rule.examined === 0)).toEqual([]);
});
