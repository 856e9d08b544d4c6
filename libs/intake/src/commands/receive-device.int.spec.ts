import { randomUUID } from 'node:crypto';
import { LABEL_NUMBERS, labelOf } from '@lacollecte/contracts';
import { listDevices } from '../queries/lots.js';
import { showRoll } from '../queries/site-supplies.js';
import { Dock, donorIn, newSerial } from '../testing/dock.js';
import { issueLabels } from './issue-labels.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

describe('a scan', () => {
  it('is matched by serial, however it is written, and tells the workshop what is known', async () => {
    const known = newSerial();
    const { lotId, receptionId } = await dock.receiving([{ serial: known, maker: 'Dell', model: 'Latitude', assetTag: 'A-1', imei: '490154203237518' }, { quantity: 5 }]);
    const received = await dock.scan(receptionId, { serial: ` ${known.toLowerCase()} `, category: 'laptop', aliases: ['GRPC26-0008'] });
    expect(received).toMatchObject({ matched: 'serial', lineId: (await dock.line(lotId, 1)).id, category: 'laptop', hint: null });
    const [event] = await dock.db.sql<{ data: string; correlation_id: string }>('select data, correlation_id from outbox where key = $1', [received.deviceId]);
    expect(event!.correlation_id).toBe(lotId);
    expect(JSON.parse(event!.data)).toEqual({
      deviceId: received.deviceId, state: 'received', lotId, lineId: received.lineId, donorId: dock.donor.organisationId, siteId: dock.siteId, label: received.label, category: 'laptop',
      maker: 'Dell', model: 'Latitude', serial: known, imei: '490154203237518', aliases: ['GRPC26-0008', 'A-1'], earmark: null, matched: 'serial', recycleForAge: false,
    });
  });

  it('is matched by IMEI alone, and then has the serial of its line', async () => {
    const known = newSerial();
    const { receptionId } = await dock.receiving([{ category: 'smartphone', serial: known, imei: '356938035643809' }]);
    const { deviceId, matched } = await dock.scan(receptionId, { imei: '35-693803-564380-9' });
    expect(matched).toBe('serial');
    expect(await dock.db.sql('select serial, imei from device where id = $1', [deviceId])).toEqual([{ serial: known, imei: '356938035643809' }]);
    await expect(dock.scan(receptionId, { imei: '356938035643808', category: 'smartphone' })).rejects.toMatchObject({ code: 'imei-invalid' });
  });

  it('else by the operator’s choice, of a line that named another serial too: both find the device', async () => {
    const [declared, real] = [newSerial(), newSerial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: declared }, { category: 'monitor', quantity: 1 }]);
    const [first, second] = [await dock.line(lotId, 1), await dock.line(lotId, 2)];
    const { deviceId } = await dock.scan(receptionId, { serial: real, lineId: first.id, category: 'laptop' });
    expect(await dock.db.sql('select serial, aliases, matched from device where id = $1', [deviceId])).toEqual([{ serial: real, aliases: [declared], matched: 'choice' }]);
    expect(await dock.scan(receptionId, { lineId: second.id })).toMatchObject({ matched: 'choice', category: 'monitor' });
    await expect(dock.scan(receptionId, { lineId: second.id })).rejects.toMatchObject({ code: 'line-full' });
    await expect(dock.scan(receptionId, { lineId: randomUUID() })).rejects.toMatchObject({ code: 'line-full' });
    const other = await dock.receiving([{ quantity: 3 }]);
    await expect(dock.scan(receptionId, { lineId: (await dock.line(other.lotId, 1)).id })).rejects.toMatchObject({ code: 'line-full' });
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
    expect(await positionOf({ maker: 'Dell', model: 'Latitude', serial: newSerial() })).toEqual(['counted', 3]);
    expect(await positionOf({ maker: 'Lenovo' })).toEqual(['counted', 1]);
    expect(await positionOf({})).toEqual(['counted', 2]);
    expect(await positionOf({})).toEqual(['unexpected', null]);
    // A line that names a phone by its IMEI is no counted line.
    expect(await positionOf({ category: 'smartphone' })).toEqual(['unexpected', null]);
    await expect(dock.scan(receptionId, { serial: newSerial() })).rejects.toMatchObject({ code: 'category-missing' });
    expect(await dock.sums(lotId)).toMatchObject({ declared: 5, received: 4, awaited: 1, unexpected: 2 });
  });

  it('that nobody expects says where its serial is known, and that its line was declined', async () => {
    const [elsewhere, declined] = [newSerial(), newSerial()];
    const other = await dock.submitted([{ serial: elsewhere }], await donorIn(dock.db));
    const lotId = await dock.submitted([{ serial: declined }, { quantity: 2 }]);
    await dock.accept(lotId, [{ lineId: (await dock.line(lotId, 1)).id, accepted: 0, reason: 'too old' }]);
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

it('a device over ten years old is taken with a note, which its donor sees', async () => {
  const year = new Date().getUTCFullYear();
  const [old, young] = [newSerial(), newSerial()];
  const { lotId, receptionId } = await dock.receiving([{ serial: old, manufacturedYear: year - 11 }, { serial: young, manufacturedYear: year - 10 }, { quantity: 2 }]);
  const label = await dock.label();
  const received = await dock.scan(receptionId, { label, serial: old });
  expect(received).toMatchObject({ matched: 'serial', note: 'over-ten-years' });
  expect(await dock.scan(receptionId, { label, serial: old })).toEqual(received);
  expect(await dock.scan(receptionId, { serial: young })).toMatchObject({ note: null });
  expect(await dock.scan(receptionId, { category: 'laptop', manufacturedYear: year - 20 })).toMatchObject({ note: 'over-ten-years' });
  expect(await dock.scan(receptionId, { category: 'laptop' })).toMatchObject({ note: null });
  const { items } = await dock.as(dock.donor, (tx) => listDevices(tx, lotId, { limit: 10 }));
  expect(items.map((item) => (item as { note?: string | null }).note)).toEqual(['over-ten-years', null, 'over-ten-years', null]);
});

describe('a label', () => {
  it('is of a roll of the site, and used once; the same scan again is answered as before', async () => {
    const [one, two] = [newSerial(), newSerial()];
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
