import { keyFor, settled, unsettled } from './idempotency.js';

function command(body: object, path = '/api/intake/lots'): Request {
  return new Request(`http://console.test${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}

/** Gives the key that it goes under, as the middleware does. */
async function send(request: Request): Promise<string> {
  const key = await keyFor(request);
  request.headers.set('idempotency-key', key);
  return key;
}

test('a command whose outcome is not known goes under the same key when it is asked again, and only then', async () => {
  const first = command({ title: 'a' });
  const key = await send(first);
  unsettled(first);
  expect(await keyFor(command({ title: 'b' }))).not.toBe(key);
  expect(await keyFor(command({ title: 'a' }, '/api/intake/pickups'))).not.toBe(key);
  const again = command({ title: 'a' });
  expect(await send(again)).toBe(key);
  settled(again);
  expect(await keyFor(command({ title: 'a' }))).not.toBe(key);
});

test('of two that are the same and under way at once each has its own', async () => {
  expect(await keyFor(command({ scan: 1 }))).not.toBe(await keyFor(command({ scan: 1 })));
});

test('what goes is still whole', async () => {
  const request = command({ title: 'a' });
  await keyFor(request);
  expect(await request.json()).toEqual({ title: 'a' });
});
