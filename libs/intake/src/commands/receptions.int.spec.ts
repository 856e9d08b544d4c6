import { randomUUID } from 'node:crypto';
import { LABEL_NUMBERS, labelOf } from '@lacollecte/contracts';
import { listRefusedDevices } from '../queries/lots.js';
import { showReception } from '../queries/receptions.js';
import { listAccessories, showRoll } from '../queries/site-supplies.js';
import { Dock, donorIn } from '../testing/dock.js';
import { openReception, tickPackages } from './change-reception.js';
import { issueLabels } from './issue-labels.js';
import { receiveDevice } from './receive-device.js';
import { receiveDevices } from './receive-devices.js';
import { countAccessories, refuseDevice } from './refuse-device.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

const serial = () => `S${randomUUID().slice(0, 8).toUpperCase()}`;
const lineOf = async (lotId: string, position: number): Promise<{ id: string; received: number; refused: number; missing: number }> => {
  const [row] = await dock.db.sql<{ id: string; received: number; refused: number; missing: number }>('select id, received, refused, missing from lot_line where lot_id = $1 and position = $2', [lotId, position]);
  return row!;
};
const refuse = (receptionId: string, device: object) => dock.as(dock.operator, (tx) => refuseDevice(tx, { receptionId, category: 'laptop', reason: 'leased', ...device }));

describe('a scan', () => {
  it('is matched by serial, however it is written, and tells the workshop what is known', async () => {
    const known = serial();
    const { lotId, receptionId } = await dock.receiving([{ serial: known, maker: 'Dell', model: 'Latitude', assetTag: 'A-1', imei: '490154203237518' }, { quantity: 5 }]);
    const received = await dock.scan(receptionId, { serial: ` ${known.toLowerCase()} `, category: 'laptop', aliases: ['GRPC26-0008'] });
    expect(received).toMatchObject({ matched: 'serial', lineId: (await lineOf(lotId, 1)).id, category: 'laptop', hint: null });
    const [event] = await dock.db.sql<{ data: string; correlation_id: string }>('select data, correlation_id from outbox where key = $1', [received.deviceId]);
    expect(event!.correlation_id).toBe(lotId);
    expect(JSON.parse(event!.data)).toEqual({
      deviceId: received.deviceId, state: 'received', lotId, lineId: received.lineId, donorId: dock.donor.organisationId, siteId: dock.siteId, label: received.label, category: 'laptop',
      maker: 'Dell', model: 'Latitude', serial: known, imei: '490154203237518', aliases: ['GRPC26-0008', 'A-1'], earmark: null, matched: 'serial', recycleForAge: false,
    });
  });

  it('is matched by IMEI alone, and then has the serial of its line', async () => {
    const known = serial();
    const { receptionId } = await dock.receiving([{ category: 'smartphone', serial: known, imei: '356938035643809' }]);
    const { deviceId, matched } = await dock.scan(receptionId, { imei: '35-693803-564380-9' });
    expect(matched).toBe('serial');
    expect(await dock.db.sql('select serial, imei from device where id = $1', [deviceId])).toEqual([{ serial: known, imei: '356938035643809' }]);
    await expect(dock.scan(receptionId, { imei: '356938035643808', category: 'smartphone' })).rejects.toMatchObject({ code: 'imei-invalid' });
  });

  it('else by the operator’s choice, of a line that named another serial too: both find the device', async () => {
    const [declared, real] = [serial(), serial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: declared }, { category: 'monitor', quantity: 1 }]);
    const [first, second] = [await lineOf(lotId, 1), await lineOf(lotId, 2)];
    const { deviceId } = await dock.scan(receptionId, { serial: real, lineId: first.id, category: 'laptop' });
    expect(await dock.db.sql('select serial, aliases, matched from device where id = $1', [deviceId])).toEqual([{ serial: real, aliases: [declared], matched: 'choice' }]);
    expect(await dock.scan(receptionId, { lineId: second.id })).toMatchObject({ matched: 'choice', category: 'monitor' });
    await expect(dock.scan(receptionId, { lineId: second.id })).rejects.toMatchObject({ code: 'line-full' });
    await expect(dock.scan(receptionId, { lineId: randomUUID() })).rejects.toMatchObject({ code: 'line-full' });
    const other = await dock.receiving([{ quantity: 3 }]);
    await expect(dock.scan(receptionId, { lineId: (await lineOf(other.lotId, 1)).id })).rejects.toMatchObject({ code: 'line-full' });
  });

  it('else to a counted line of its category: model first, then maker, then the first with room; then it is unexpected', async () => {
    const { lotId, receptionId } = await dock.receiving([
      { quantity: 1 }, { maker: 'HP', model: 'ProBook', quantity: 1 }, { maker: 'Dell', model: 'XPS', quantity: 1 }, { maker: 'Dell', model: 'Latitude', quantity: 1 },
      { category: 'smartphone', imei: '352099001761481' },
    ]);
    const positionOf = async (scan: object) => {
      const { lineId, matched } = await dock.scan(receptionId, { category: 'laptop', ...scan });
      const [row] = await dock.db.sql<{ position: number }>('select position from lot_line where id = $1', [lineId]);
      return [matched, row?.position ?? null];
    };
    expect(await positionOf({ maker: 'DELL', model: 'latitude' })).toEqual(['counted', 4]);
    expect(await positionOf({ maker: 'Dell', model: 'Latitude', serial: serial() })).toEqual(['counted', 3]);
    expect(await positionOf({ maker: 'Lenovo' })).toEqual(['counted', 1]);
    expect(await positionOf({})).toEqual(['counted', 2]);
    expect(await positionOf({})).toEqual(['unexpected', null]);
    // A line that names a phone by its IMEI is no counted line.
    expect(await positionOf({ category: 'smartphone' })).toEqual(['unexpected', null]);
    await expect(dock.scan(receptionId, { serial: serial() })).rejects.toMatchObject({ code: 'category-missing' });
    expect(await dock.sums(lotId)).toMatchObject({ declared: 5, received: 4, awaited: 1, unexpected: 2 });
  });

  it('that nobody expects says where its serial is known, and that its line was declined', async () => {
    const [elsewhere, declined] = [serial(), serial()];
    const other = await dock.submitted([{ serial: elsewhere }], await donorIn(dock.db));
    const lotId = await dock.submitted([{ serial: declined }, { quantity: 2 }]);
    await dock.accept(lotId, [{ lineId: (await lineOf(lotId, 1)).id, accepted: 0, reason: 'too old' }]);
    const receptionId = await dock.session(lotId);
    for (let n = 0; n < 2; n++) await dock.scan(receptionId, { category: 'laptop' });
    expect(await dock.scan(receptionId, { category: 'laptop', serial: elsewhere })).toMatchObject({ matched: 'unexpected', hint: 'in-another-lot', hintLotId: other });
    expect(await dock.scan(receptionId, { serial: declined })).toMatchObject({ matched: 'unexpected', category: 'laptop', hint: 'declined', hintLotId: null });
    expect(await dock.sums(lotId)).toEqual({ declared: 3, declined: 1, received: 2, refused: 0, missing: 0, awaited: 0, unexpected: 2 });
  });

  it('of a public body’s device says whether the law sends it to recycling', async () => {
    const town = await Dock.open('public-body');
    const year = new Date().getUTCFullYear();
    const { receptionId } = await town.receiving([{ serial: 'OLD', manufacturedYear: year - 11 }, { serial: 'NEW', manufacturedYear: year - 10 }, { quantity: 1 }]);
    for (const [scan, expected] of [[{ serial: 'OLD' }, true], [{ serial: 'NEW' }, false], [{ category: 'laptop' }, null]] as const) {
      const { deviceId } = await town.scan(receptionId, scan);
      const [event] = await town.db.sql<{ data: string }>('select data from outbox where key = $1', [deviceId]);
      expect(JSON.parse(event!.data)).toMatchObject({ recycleForAge: expected });
    }
    await town.finish();
  });
});

describe('a label', () => {
  it('is of a roll of the site, and used once; the same scan again is answered as before', async () => {
    const [one, two] = [serial(), serial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: one }, { serial: two }]);
    const label = await dock.label();
    const received = await dock.scan(receptionId, { label, serial: one });
    expect(received.label).toBe(label);
    const again = await dock.scan(receptionId, { label: label.toLowerCase().replaceAll('-', ' '), serial: one });
    expect(again).toEqual(received);
    await expect(dock.scan(receptionId, { label, serial: two })).rejects.toMatchObject({ code: 'label-used', params: { label } });
    await expect(dock.scan(receptionId, { serial: one })).rejects.toMatchObject({ code: 'already-received' });
    await expect(dock.scan(receptionId, { label: 'LC-7K3M-9AQT', serial: two })).rejects.toMatchObject({ code: 'label-malformed' });
    const never = [LABEL_NUMBERS - 1, LABEL_NUMBERS - 2, LABEL_NUMBERS - 3].map(labelOf).find((one) => one !== null)!;
    await expect(dock.scan(receptionId, { label: never, serial: two })).rejects.toMatchObject({ code: 'label-unknown' });
    const [foreign] = await dock.labels(1, dock.otherOperator);
    await expect(dock.scan(receptionId, { label: foreign!, serial: two })).rejects.toMatchObject({ code: 'label-of-other-site' });
    expect(await dock.told(received.deviceId)).toEqual(['device-received']);
    expect(await dock.sums(lotId)).toMatchObject({ received: 1, awaited: 1, unexpected: 0 });
  });

  it('stays free where the scan was refused', async () => {
    const { receptionId } = await dock.receiving([{ quantity: 1 }]);
    const label = await dock.label();
    await expect(dock.scan(receptionId, { label, lineId: randomUUID() })).rejects.toMatchObject({ code: 'line-full' });
    expect(await dock.scan(receptionId, { label, category: 'laptop' })).toMatchObject({ label, matched: 'counted' });
  });

  it('of a roll is unlike every other, and a roll can be printed again by its site', async () => {
    const rolls = await Promise.all(Array.from({ length: 4 }, () => dock.as(dock.operator, (tx) => issueLabels(tx, { siteId: dock.siteId, count: 300 }))));
    expect(new Set(rolls.flatMap(({ labels }) => labels)).size).toBe(1_200);
    const shown = await dock.as(dock.operator, (tx) => showRoll(tx, rolls[0]!.id));
    expect(shown).toEqual({ ...rolls[0], labels: [...rolls[0]!.labels].sort() });
    await expect(dock.as(dock.otherOperator, (tx) => issueLabels(tx, { siteId: dock.siteId, count: 1 }))).rejects.toMatchObject({ code: 'site-not-yours' });
  });
});

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
    const [announced, unexpected] = [serial(), serial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: announced }]);
    for (const one of [announced, unexpected]) {
      const labels = await dock.labels(8);
      const results = await Promise.allSettled(labels.map((label) => dock.scan(receptionId, { label, serial: one, category: 'laptop' })));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'already-received' });
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
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'reception-closed' });
    const sums = await dock.sums(lotId);
    expect(sums).toEqual({ declared: 30, declined: 0, received, refused: 0, missing: 30 - received, awaited: 0, unexpected: 0 });
    expect(await dock.state(lotId)).toBe(received > 0 ? 'received' : 'closed');
  });
});

it('a list is answered scan by scan: what is refused leaves nothing, what is received stays', async () => {
  const [one, two] = [serial(), serial()];
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

describe('the dock', () => {
  it('ticks packages, and adds those that nobody announced', async () => {
    const lotId = await dock.submitted([{ quantity: 1 }]);
    await dock.accept(lotId);
    const receptionId = await dock.as(dock.operator, (tx) => openReception(tx, { lotId, siteId: dock.siteId, packages: ['P-1', 'P-2'] }));
    await Promise.all([['P-2', 'P-9', 'P-2'], ['P-9']].map((names) => dock.as(dock.operator, (tx) => tickPackages(tx, { receptionId, names }))));
    expect(await dock.as(dock.operator, (tx) => showReception(tx, receptionId))).toMatchObject({
      state: 'open', version: 1, packages: [{ name: 'P-1', ticked: false }, { name: 'P-2', ticked: true }, { name: 'P-9', ticked: true }], received: 0,
    });
  });

  it('counts apart what it refuses, and its donor sees why; nothing is received and refused', async () => {
    const [one, two] = [serial(), serial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: one }, { serial: two }, { quantity: 2 }, { category: 'smartphone', imei: '352099001761481' }]);
    await refuse(receptionId, { serial: one, reason: 'dangerous' });
    await expect(refuse(receptionId, { serial: one })).rejects.toMatchObject({ code: 'already-received' });
    await expect(dock.scan(receptionId, { serial: one })).rejects.toMatchObject({ code: 'already-received' });
    await refuse(receptionId, {});
    await refuse(receptionId, { category: 'smartphone', imei: '352099001761481' });
    expect(await refuse(receptionId, { category: 'printer' })).toMatchObject({ lineId: null });
    await dock.scan(receptionId, { serial: two });
    await expect(refuse(receptionId, { serial: two })).rejects.toMatchObject({ code: 'already-received' });
    expect(await dock.sums(lotId)).toEqual({ declared: 5, declined: 0, received: 1, refused: 3, missing: 0, awaited: 1, unexpected: 0 });
    const seen = await dock.as(dock.donor, (tx) => listRefusedDevices(tx, lotId, { limit: 10 }));
    expect(seen.items).toMatchObject([{ serial: one, reason: 'dangerous' }, { reason: 'leased' }, { serial: '352099001761481' }, { category: 'printer', lineId: null }]);
    const stranger = await donorIn(dock.db);
    await expect(dock.as(stranger, (tx) => listRefusedDevices(tx, lotId, { limit: 10 }))).rejects.toMatchObject({ code: 'not-found' });
    expect(await dock.as(stranger, (tx) => tx.query('select 1 from dock_refusal'))).toEqual([]);
  });

  it('counts accessories for the site, never in the lot’s sums', async () => {
    const { lotId, receptionId } = await dock.receiving([{ category: 'accessory', model: 'mouse', quantity: 40 }, { quantity: 1 }]);
    const count = (kind: string, quantity: number) => dock.as(dock.operator, (tx) => countAccessories(tx, { receptionId, kind, quantity }));
    await Promise.all([count('mouse', 10), count('mouse', 15), count('mouse', 5)]);
    expect(await count('keyboard', 2)).toEqual({ siteId: dock.siteId, kind: 'keyboard', quantity: 2 });
    expect(await dock.as(dock.operator, (tx) => listAccessories(tx, dock.siteId))).toEqual([
      { siteId: dock.siteId, kind: 'keyboard', quantity: 2 }, { siteId: dock.siteId, kind: 'mouse', quantity: 30 },
    ]);
    await expect(dock.scan(receptionId, { category: 'accessory' })).rejects.toMatchObject({ code: 'accessory-has-no-label' });
    await dock.close(receptionId);
    await dock.end(lotId);
    expect(await dock.sums(lotId)).toMatchObject({ declared: 1, missing: 1, awaited: 0 });
    expect(await lineOf(lotId, 1)).toMatchObject({ received: 0, missing: 0 });
  });

  it('is worked by operators of its own site only', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 1 }]);
    const [label] = await dock.labels(1, dock.otherOperator);
    const notTheirs = { code: 'site-not-yours' };
    await expect(dock.as(dock.otherOperator, (tx) => openReception(tx, { lotId, siteId: dock.siteId, packages: [] }))).rejects.toMatchObject(notTheirs);
    await expect(dock.as(dock.otherOperator, (tx) => receiveDevice(tx, { receptionId, label: label!, category: 'laptop' }))).rejects.toMatchObject(notTheirs);
    await expect(dock.as(dock.otherOperator, (tx) => tickPackages(tx, { receptionId, names: ['P'] }))).rejects.toMatchObject(notTheirs);
    await expect(dock.close(receptionId, dock.otherOperator)).rejects.toMatchObject(notTheirs);
    await expect(dock.as(dock.operator, (tx) => openReception(tx, { lotId, siteId: randomUUID(), packages: [] }))).rejects.toMatchObject({ code: 'site-unknown' });
  });
});

describe('the end of a reception', () => {
  it('declares missing what has not come, over sessions of several sites; what is found later turns into received', async () => {
    const [one, two, three] = [serial(), serial(), serial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: one }, { serial: two }, { serial: three }, { quantity: 4 }]);
    const elsewhere = await dock.session(lotId, dock.otherOperator);
    await dock.scan(receptionId, { serial: one });
    const [label] = await dock.labels(1, dock.otherOperator);
    await dock.as(dock.otherOperator, (tx) => receiveDevice(tx, { receptionId: elsewhere, label: label!, category: 'laptop' }));
    await dock.close(receptionId);
    expect(await dock.sums(lotId)).toMatchObject({ missing: 0, awaited: 5 });
    await expect(dock.scan(receptionId, { serial: two })).rejects.toMatchObject({ code: 'reception-closed' });
    await expect(dock.end(lotId)).rejects.toMatchObject({ code: 'reception-open' });
    await dock.close(elsewhere, dock.otherOperator);
    await dock.end(lotId);
    expect(await dock.state(lotId)).toBe('received');
    expect(await dock.sums(lotId)).toEqual({ declared: 7, declined: 0, received: 2, refused: 0, missing: 5, awaited: 0, unexpected: 0 });

    const later = await dock.session(lotId);
    expect(await dock.scan(later, { serial: two })).toMatchObject({ matched: 'serial' });
    expect(await dock.scan(later, { category: 'laptop' })).toMatchObject({ matched: 'counted' });
    await refuse(later, { serial: three });
    await dock.close(later);
    expect(await dock.sums(lotId)).toEqual({ declared: 7, declined: 0, received: 4, refused: 1, missing: 2, awaited: 0, unexpected: 0 });
    expect(await dock.told(lotId)).toEqual(['lot-opened', 'lot-changed', 'lot-submitted', 'lot-accepted', 'lot-reception-started', 'lot-received']);
  });

  it('with nothing received closes the lot; a session for what is found opens it again', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 2 }]);
    await dock.close(receptionId);
    await dock.end(lotId);
    expect(await dock.state(lotId)).toBe('closed');
    const later = await dock.session(lotId);
    expect(await dock.state(lotId)).toBe('received');
    await dock.close(later);
    expect(await dock.state(lotId)).toBe('closed');
    const found = await dock.session(lotId);
    await dock.scan(found, { category: 'laptop' });
    await dock.close(found);
    expect(await dock.state(lotId)).toBe('received');
    expect(await dock.sums(lotId)).toMatchObject({ received: 1, missing: 1 });
  });
});
