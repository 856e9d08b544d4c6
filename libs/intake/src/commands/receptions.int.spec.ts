import { randomUUID } from 'node:crypto';
import { actor } from '@lacollecte/testing';
import { listDevices, listLines, listRefusedDevices } from '../queries/lots.js';
import { showReception } from '../queries/receptions.js';
import { listAccessories, listRolls } from '../queries/site-supplies.js';
import { Dock, donorIn, newSerial } from '../testing/dock.js';
import { submitLot } from './advance-lot.js';
import { openReception, tickPackages } from './change-reception.js';
import { receiveDevice } from './receive-device.js';
import { countAccessories, refuseDevice } from './refuse-device.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

const refuse = (receptionId: string, device: object) => dock.as(dock.operator, (tx) => refuseDevice(tx, { receptionId, category: 'laptop', reason: 'leased', ...device }));

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

  it('keeps who signed for a session, and shows what differs', async () => {
    const [came, missing] = [newSerial(), newSerial()];
    const { lotId, receptionId } = await dock.receiving([{ serial: came }, { serial: missing }, { category: 'accessory', quantity: 9 }]);
    await dock.scan(receptionId, { serial: came });
    const stray = await dock.scan(receptionId, { serial: newSerial(), category: 'printer' });
    const differing = await dock.as(dock.operator, async (tx) => ({
      lines: await listLines(tx, lotId, { limit: 10, open: true }), devices: await listDevices(tx, lotId, { limit: 10, unexpected: true }), newest: await listDevices(tx, lotId, { limit: 1, order: 'newest' }),
    }));
    expect(differing.lines.items).toMatchObject([{ serial: missing }]);
    expect(differing.devices.items).toMatchObject([{ id: stray.deviceId, lineId: null }]);
    expect(differing.newest.items).toMatchObject([{ id: stray.deviceId }]);
    const older = await dock.as(dock.operator, (tx) => listDevices(tx, lotId, { limit: 1, order: 'newest', after: differing.newest.next ?? '' }));
    expect([older.items, older.next]).toMatchObject([[{ serial: came }], null]);
    await dock.close(receptionId, dock.operator, 'Sacha Atelier');
    expect(await dock.as(dock.operator, (tx) => showReception(tx, receptionId))).toMatchObject({ state: 'closed', signedBy: 'Sacha Atelier' });
  });

  it('lists the rolls of labels that its site was given, with how many are used', async () => {
    const siteId = randomUUID();
    await dock.db.sql(`insert into site (id, open, postal_code, weekly_capacity, version) values ($1, true, '69007', 500, 1)`, [siteId]);
    const here = actor('operator', { siteIds: [siteId] });
    const rolls = [await dock.labels(3, here), await dock.labels(5, here)];
    await dock.db.sql('update label set device_id = $2 where code = $1', [rolls[0]![0], randomUUID()]);
    const list = (after?: string) => dock.as(here, (tx) => listRolls(tx, { siteId, limit: 1, after }));
    const newest = await list();
    expect(newest.items).toMatchObject([{ siteId, count: 5, used: 0, first: rolls[1]!.toSorted()[0], last: rolls[1]!.toSorted().at(-1) }]);
    expect(await list(newest.next ?? '')).toMatchObject({ items: [{ count: 3, used: 1 }], next: null });
  });

  it('counts apart what it refuses, and its donor sees why; nothing is received and refused', async () => {
    const [one, two] = [newSerial(), newSerial()];
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
    expect(seen.items).toMatchObject([{ serial: one, reason: 'dangerous' }, { reason: 'leased', imei: null }, { serial: null, imei: '352099001761481' }, { category: 'printer', lineId: null }]);
    const stranger = await donorIn(dock.db);
    await expect(dock.as(stranger, (tx) => listRefusedDevices(tx, lotId, { limit: 10 }))).rejects.toMatchObject({ code: 'not-found' });
    expect(await dock.as(stranger, (tx) => tx.query('select 1 from dock_refusal'))).toEqual([]);
  });

  it('keeps serial and IMEI of a phone that it refuses, also of one that nobody announced', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 1 }]);
    const serial = newSerial();
    expect(await refuse(receptionId, { category: 'smartphone', serial, imei: '49-015420-323751-8' })).toMatchObject({ lineId: null });
    await expect(refuse(receptionId, { category: 'smartphone', imei: '490154203237517' })).rejects.toMatchObject({ code: 'imei-invalid' });
    const { items } = await dock.as(dock.donor, (tx) => listRefusedDevices(tx, lotId, { limit: 10 }));
    expect(items).toMatchObject([{ serial, imei: '490154203237518', category: 'smartphone' }]);
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
    expect(await dock.line(lotId, 1)).toMatchObject({ received: 0, missing: 0 });
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

describe('a program', () => {
  const program = (siteId?: string) => actor('service', siteId === undefined ? {} : { siteIds: [siteId] });
  const gift = (siteId: string) => ({ donorId: dock.donor.organisationId, siteId });

  it('receives at a site that its account names, a gift without a list too', async () => {
    const conveyor = program(dock.siteId);
    await expect(dock.draft([], conveyor)).rejects.toMatchObject({ code: 'donor-missing' });
    await expect(dock.draft([], conveyor, { donorId: dock.donor.organisationId })).rejects.toMatchObject({ code: 'site-missing' });
    const lotId = await dock.draft([], conveyor, gift(dock.siteId));
    await dock.as(conveyor, (tx) => submitLot(tx, { lotId, version: 1 }));
    expect(await dock.show(lotId)).toMatchObject({ state: 'accepted', origin: 'site', siteId: dock.siteId });
    const receptionId = await dock.session(lotId, conveyor);
    const [label] = await dock.labels(1, conveyor);
    expect(await dock.as(conveyor, (tx) => receiveDevice(tx, { receptionId, label: label!, category: 'laptop' }))).toMatchObject({ matched: 'unexpected' });
    await dock.close(receptionId, conveyor);
  });

  it.each([['of another site', true], ['without a site', false]])('%s changes nothing here', async (_what, elsewhere) => {
    const stranger = program(elsewhere ? dock.otherSiteId : undefined);
    const { lotId, receptionId } = await dock.receiving([{ quantity: 1 }]);
    const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: 'site-not-yours' });
    await refused(dock.as(stranger, (tx) => openReception(tx, { lotId, siteId: dock.siteId, packages: [] })));
    await refused(dock.as(stranger, (tx) => receiveDevice(tx, { receptionId, label: 'LC-7K3M-9QAT', category: 'laptop' })));
    await refused(dock.draft([], stranger, gift(dock.siteId)));
    const draft = await dock.draft([{}]);
    await refused(dock.as(stranger, (tx) => submitLot(tx, { lotId: draft, version: 2 })));
  });
});

describe('the end of a reception', () => {
  it('declares missing what has not come, over sessions of several sites; what is found later turns into received', async () => {
    const [one, two, three] = [newSerial(), newSerial(), newSerial()];
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
