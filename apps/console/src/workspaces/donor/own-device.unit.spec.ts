import { type DeviceStanding, type OwnDevice, standingOfDevice } from './own-device.js';

const task = { reason: 'account-lock', until: '2026-12-01T10:00:00.000Z' };

it.each<[OwnDevice['state'], boolean, OwnDevice['task'], DeviceStanding]>([
  ['received', false, null, 'received'], ['in-workshop', false, null, 'received'], ['in-workshop', true, null, 'erased'], ['repairing', true, null, 'erased'], ['blocked', false, null, 'received'],
  ['blocked', true, task, 'asked'], ['rejected', true, null, 'toRecycle'], ['harvested', true, null, 'toRecycle'], ['ready', true, null, 'ready'], ['delivered', true, null, 'delivered'], ['lost', false, null, 'lost'],
])('what is %s, erased %s, is said to be %4$s', (state, dataErased, asked, standing) => {
  expect(standingOfDevice({ state, dataErased, task: asked })).toBe(standing);
});
