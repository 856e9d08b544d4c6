import { Dock, newSerial, refusals } from '../testing/dock.js';
import { receiveDevices } from './receive-devices.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

describe('many at once', () => {
  it('fifty scanners on a counted line of ten: ten are of it, the others unexpected', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 10 }]);
    const labels = await dock.labels(50);
    const received = await Promise.all(labels.map((label) => dock.scan(receptionId, { label, category: 'laptop' })));
    expect(received.filter(({ matched }) => matched === 'counted')).toHaveLength(10);
    expect(received.filter(({ matched }) => matched === 'unexpected')).toHaveLength(40);
    expect(await dock.sums(lotId)).toEqual({ declared: 10, declined: 0, received: 10, refused: 0, missing: 0, awaited: 0, unexpected: 40 });
  });

  it('forty scanners on sixty lines of one: none is unexpected while a line awaits one', async () => {
    const { lotId, receptionId } = await dock.receiving(Array.from({ length: 60 }, () => ({ quantity: 1 })));
    const labels = await dock.labels(60);
    const received = await Promise.all(labels.map((label) => dock.scan(receptionId, { label, category: 'laptop' })));
    expect(received.filter(({ matched }) => matched !== 'counted')).toEqual([]);
    expect(await dock.sums(lotId)).toMatchObject({ received: 60, awaited: 0, unexpected: 0 });
  });

  it('one device scanned by many: one of them is received, also where nobody announced it', async () => {
    const [announced, unexpected] = [newSerial(), newSerial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: announced }]);
    for (const one of [announced, unexpected]) {
      const labels = await dock.labels(8);
      const results = await Promise.allSettled(labels.map((label) => dock.scan(receptionId, { label, serial: one, category: 'laptop' })));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusals(results)).toEqual(Array(7).fill('already-received'));
    }
    const label = await dock.label();
    const twins = await Promise.all(Array.from({ length: 8 }, () => dock.scan(receptionId, { label, category: 'monitor' })));
    expect(new Set(twins.map(({ deviceId }) => deviceId)).size).toBe(1);
    expect(await dock.sums(lotId)).toMatchObject({ received: 1, unexpected: 2 });
  });

  it('lists of one lot, whose lines they take in opposite orders, do not wait for each other for ever', async () => {
    const { lotId, receptionId } = await dock.receiving([{ maker: 'Dell', quantity: 40 }, { maker: 'HP', quantity: 40 }]);
    const [forth, back] = [await dock.labels(40), await dock.labels(40)];
    const scans = (labels: readonly string[], [first, then]: readonly [string, string]) => labels.map((label, i) => ({ label, category: 'laptop' as const, maker: i < 20 ? first : then }));
    const lists = [scans(forth, ['Dell', 'HP']), scans(back, ['HP', 'Dell'])];
    const results = await Promise.all(lists.map((list) => dock.as(dock.operator, (tx) => receiveDevices(tx, { receptionId, scans: list }))));
    expect(results.flat().filter((result) => result.status === 'refused')).toEqual([]);
    expect(await dock.sums(lotId)).toMatchObject({ received: 80, awaited: 0, unexpected: 0 });
  });

  it('a session closed meanwhile: each scan is in it or refused, and none comes after', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 30 }]);
    const labels = await dock.labels(30);
    const [, ...results] = await Promise.allSettled([dock.close(receptionId).then(() => dock.end(lotId)), ...labels.map((label) => dock.scan(receptionId, { label, category: 'laptop' }))]);
    const received = results.filter(({ status }) => status === 'fulfilled').length;
    expect(refusals(results)).toEqual(Array(30 - received).fill('reception-closed'));
    const sums = await dock.sums(lotId);
    expect(sums).toEqual({ declared: 30, declined: 0, received, refused: 0, missing: 30 - received, awaited: 0, unexpected: 0 });
    expect(await dock.state(lotId)).toBe(received > 0 ? 'received' : 'closed');
  });
});

it('a list is answered scan by scan: what is refused leaves nothing, what is received stays', async () => {
  const [one, two] = [newSerial(), newSerial()];
  const { lotId, receptionId } = await dock.receiving([{ serial: one }, { serial: two }, { quantity: 1 }]);
  const [a, b, c, d] = await dock.labels(4);
  const scans = [{ label: a!, serial: one }, { label: 'nonsense' }, { label: b!, serial: one }, { label: c!, serial: two }, { label: a!, serial: two }, { label: d!, category: 'accessory' as const }];
  const results = await dock.as(dock.operator, (tx) => receiveDevices(tx, { receptionId, scans }));
  expect(results.map((result) => (result.status === 'received' ? result.device.matched : result.code))).toEqual(
    ['serial', 'label-malformed', 'already-received', 'serial', 'label-used', 'accessory-has-no-label'],
  );
  expect(results.map(({ label }) => label)).toEqual(scans.map(({ label }) => label));
  expect(await dock.db.sql('select code from label where code = any($1) and device_id is null order by code', [[a, b, c, d]])).toEqual([b!, d!].sort().map((code) => ({ code })));
  expect(await dock.sums(lotId)).toMatchObject({ received: 2, awaited: 1, unexpected: 0 });
});
