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

it('every rule holds, and nothing is left in flight', async () => {
  expect(await settled(system.urls, 30_000, () => undefined)).toBeUndefined();
  const { rules, inFlight } = await check(system.urls);
  expect(inFlight).toEqual([]);
  expect(rules.filter((rule) => rule.violated > 0)).toEqual([]);
  const across = rules.filter((rule) => rule.where === 'all services');
  expect(across.length).toBeGreaterThan(5);
  expect(across.filter((rule) => rule.examined === 0)).toEqual([]);
});
