import { actor, eventually } from '@lacollecte/testing';
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

it('the life of what was delivered is told from its lot to its delivery, with who and when', async () => {
  const ops = actor('ops');
  interface Told { readonly device: object; readonly steps: readonly { name: string; actor: string | null; at: string; eventId: string; correlationId: string }[] }
  const { device, steps } = await eventually(async () => {
    const told = (await system.call(ops, 'GET', `traceability/devices/${made.deviceId}/timeline`)) as unknown as Told;
    return (told.device as { stage: string }).stage === 'delivered' && told;
  }, { what: 'traceability has heard of the delivery' });
  expect(device).toMatchObject({ stage: 'delivered', lotId: made.lotId, donorId: made.donorId, structureId: made.structureId, structureKind: 'association', department: '69' });
  const names = steps.map(({ name }) => name);
  const way = ['lot-opened', 'lot-submitted', 'lot-accepted', 'device-received', 'device-diagnosed', 'device-tested', 'device-graded', 'device-ready', 'item-stocked', 'item-reserved', 'parcel-sealed', 'parcel-handed-over', 'parcel-delivered', 'device-delivered'];
  expect(names.filter((name, i) => way.includes(name) && names.indexOf(name) === i)).toEqual(way);
  expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted());
  expect(steps.filter((step) => step.actor === null)).toEqual([]);
  const diagnosed = steps.find(({ name }) => name === 'device-diagnosed')!;
  expect(diagnosed.actor).toMatch(/^[0-9a-f-]{36}$/);
  expect(await system.call(ops, 'GET', `traceability/events/${diagnosed.eventId}`)).toMatchObject({ actor: diagnosed.actor, data: { deviceId: made.deviceId } });
  expect(await system.call(ops, 'GET', `traceability/lots/${made.lotId}/timeline`)).toMatchObject({ lot: { received: 2 }, stages: [{ stage: 'stocked', devices: 1 }, { stage: 'delivered', devices: 1 }] });
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
