import { randomUUID } from 'node:crypto';
import { actor, type TestDatabase } from '@lacollecte/testing';
import { answerBlock } from '../commands/answer-block.js';
import { addRuleSet } from '../commands/add-rule-set.js';
import { editDevice } from '../commands/edit-device.js';
import { listRuleSets, ruleSetFor } from '../persistence/rule-set.repository.js';
import { expireBlocks } from '../sweeps/expire-blocks.js';
import { announced, coordinator, deviceRow, diagnose, erase, expectConsistent, newLabel, operator, readyDevice, receive, reception, SITE, step, workshop } from '../testing/workshop.js';
import { counts } from './counts.js';
import { deviceSheet } from './device-sheet.js';
import { benchQueue, listDevices } from './list-devices.js';
import { ownDevice, ownDevices } from './own-devices.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await workshop();
});
afterAll(async () => {
  await expectConsistent(db);
  await db.close();
});

const code = (expected: string): Error => expect.objectContaining({ code: expected });

describe('the sheet', () => {
  it('shows a device by any identifier, with checks, drives, evidence, history and what may follow', async () => {
    const { label, deviceId, driveSerial } = await readyDevice(db, { serial: 'QX-77', aliases: ['OLD-1'] });
    for (const identifier of [deviceId, label, label.toLowerCase(), 'qx-77', 'old-1']) {
      const sheet = await db.as(operator, (tx) => deviceSheet(tx, identifier));
      expect(sheet).toMatchObject({
        id: deviceId, state: 'ready', version: 5, checks: { diagnosis: true, erasure: true, test: true, grade: true }, next: null, grade: 'A', aliases: ['OLD-1'],
        drives: [{ serial: driveSerial, status: 'erased' }], evidence: [{ serial: driveSerial, state: 'matched' }], steps: ['erase', 'recall'],
        grading: { ruleSet: 'pc-2026', total: 10 },
      });
      expect(sheet.history.map((one) => one.step)).toEqual(['grade', 'test', 'erase', 'diagnose', 'arrive']);
    }
  });
  it('of what is not known', async () => {
    const sheet = (identifier: string) => db.as(operator, (tx) => deviceSheet(tx, identifier));
    await expect(sheet(newLabel())).rejects.toThrow(code('not-here-yet'));
    await expect(sheet(randomUUID())).rejects.toThrow(code('device-unknown'));
  });
  it('is corrected at the version that was shown', async () => {
    const device = reception({ serial: 'TYPO' });
    await receive(db, device);
    const edit = (version: number, change: object) => db.as(operator, (tx) => editDevice(tx, { deviceId: device.deviceId, version, change }));
    expect(await edit(1, { serial: 'RIGHT', category: 'tablet' })).toMatchObject({ version: 2, serial: 'RIGHT', drives: [{ kind: 'internal' }] });
    await expect(edit(1, { maker: 'HP' })).rejects.toThrow(code('stale-version'));
    await expect(db.as(operator, (tx) => deviceSheet(tx, 'TYPO'))).rejects.toThrow(code('device-unknown'));
    expect((await db.as(operator, (tx) => deviceSheet(tx, 'right'))).id).toBe(device.deviceId);
    expect((await announced(db, device.deviceId)).at(-1)).toBe('device-edited');
    await expect(db.as(actor('operator', { siteIds: [randomUUID()] }), (tx) => editDevice(tx, { deviceId: device.deviceId, version: 2, change: { maker: 'HP' } }))).rejects.toThrow(code('device-elsewhere'));
  });
});

describe('lists', () => {
  it('page through every device once, with filters', async () => {
    const lotId = randomUUID();
    const devices = Array.from({ length: 7 }, (_, i) => reception({ lotId, category: i < 4 ? 'laptop' : 'printer' }));
    await receive(db, ...devices);
    await step(db, devices[0]!.label, diagnose());
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await db.as(operator, (tx) => listDevices(tx, { lotId, limit: 3, after }));
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen.sort()).toEqual(devices.map(({ deviceId }) => deviceId).sort());
    const of = async (filter: object) => (await db.as(operator, (tx) => listDevices(tx, { lotId, limit: 50, ...filter }))).items.length;
    expect([await of({ category: 'printer' }), await of({ bench: 'erasure' }), await of({ state: 'received' }), await of({ siteId: randomUUID() }), await of({ grade: 'A' })]).toEqual([3, 1, 6, 0, 0]);
  });

  it('finds devices of a site by their label’s beginning, words of maker and model, or another identifier', async () => {
    const siteId = randomUUID();
    const here = actor('operator', { siteIds: [siteId] });
    const devices = [reception({ siteId, maker: 'Dell', model: 'Latitude 5490', serial: 'S-100%' }), reception({ siteId, maker: 'HP', model: 'EliteBook 840' })] as const;
    await receive(db, ...devices);
    const find = async (search: string) => (await db.as(here, (tx) => listDevices(tx, { siteId, limit: 50, search }))).items.map(({ label }) => label);
    for (const search of ['latitude dell', 's-100 %', devices[0].label, devices[0].label.toLowerCase().replaceAll('-', ' ')]) expect([search, await find(search)]).toEqual([search, [devices[0].label]]);
    expect(await find('LC-')).toHaveLength(2);
    for (const search of ['%', '_', 'dell elitebook', 'S-100']) expect([search, await find(search)]).toEqual([search, []]);
  });

  it('a bench shows what waits there, the longest first, and the counts agree', async () => {
    const siteId = randomUUID();
    const here = actor('operator', { siteIds: [siteId] });
    const devices = [reception({ siteId }), reception({ siteId }), reception({ siteId }), reception({ siteId, category: 'monitor' })];
    await receive(db, ...devices);
    await step(db, devices[0]!.label, diagnose(randomUUID()), here);
    await db.sql(`update device set waiting_since = now() - interval '2 days' where id = $1`, [devices[2]!.deviceId]);
    const queue = await db.as(here, (tx) => benchQueue(tx, { siteId, bench: 'diagnosis', limit: 2 }));
    expect(queue.items[0]!.id).toBe(devices[2]!.deviceId);
    const rest = await db.as(here, (tx) => benchQueue(tx, { siteId, bench: 'diagnosis', limit: 2, after: queue.next ?? undefined }));
    expect([...queue.items, ...rest.items].map(({ id }) => id).sort()).toEqual(devices.slice(1).map(({ deviceId }) => deviceId).sort());
    expect(await db.as(here, (tx) => counts(tx, siteId))).toMatchObject({
      states: [{ siteId, state: 'in-workshop', devices: 1 }, { siteId, state: 'received', devices: 3 }],
      benches: [{ bench: 'diagnosis', devices: 3, day: 2, week: 1, longer: 0 }, { bench: 'erasure', devices: 1 }],
    });
  });
});

describe('donors', () => {
  const donorId = randomUUID();
  const donor = actor('donor', { organisationId: donorId });
  const stranger = actor('donor', { organisationId: randomUUID() });

  it('see their own devices, and nothing of anyone else’s', async () => {
    const [own, other] = [reception({ donorId }), reception()];
    await receive(db, own, other);
    expect((await db.as(donor, (tx) => ownDevices(tx, { limit: 50 }))).items.map(({ id }) => id)).toEqual([own.deviceId]);
    expect(await db.as(donor, (tx) => ownDevice(tx, own.deviceId))).toMatchObject({ label: own.label, state: 'received', dataErased: false, task: null });
    await expect(db.as(stranger, (tx) => ownDevice(tx, own.deviceId))).rejects.toThrow(code('not-found'));
    // The policy holds whatever is asked.
    expect(await db.as(stranger, (tx) => tx.query('select id from device'))).toEqual([]);
    expect(await db.as(donor, (tx) => tx.query('select id from device'))).toEqual([{ id: own.deviceId }]);
    expect(await db.as(stranger, (tx) => tx.execute(`update device set maker = 'x' where id = $1`, [own.deviceId]))).toBe(0);
    expect((await db.as(operator, (tx) => tx.query('select id from device'))).length).toBeGreaterThan(1);
    expect((await db.worker((tx) => tx.query('select id from device'))).length).toBeGreaterThan(1);
  });

  it('answer what a device waits for, and it goes on', async () => {
    const device = reception({ donorId });
    await receive(db, device);
    await step(db, device.label, { step: 'block', reason: 'account-lock', note: 'iCloud' });
    const { items } = await db.as(donor, (tx) => ownDevices(tx, { tasks: true, limit: 50 }));
    expect(items).toMatchObject([{ id: device.deviceId, task: { reason: 'account-lock' } }]);
    const answer = (who: typeof donor) => db.as(who, (tx) => answerBlock(tx, { deviceId: device.deviceId, answer: 'account removed' }));
    await expect(answer(stranger)).rejects.toThrow(code('not-found'));
    await answer(donor);
    expect(await deviceRow(db, device.deviceId)).toMatchObject({ state: 'received', block_until: null });
    await expect(answer(donor)).rejects.toThrow(code('nothing-to-answer'));
    expect((await announced(db, device.deviceId)).at(-1)).toBe('device-unblocked');
  });
});

it('a block on the donor becomes a rejection after its time, once', async () => {
  const [late, early, ours] = [reception(), reception(), reception()];
  await receive(db, late, early, ours);
  for (const { label } of [late, early]) await step(db, label, { step: 'block', reason: 'donor-answer' });
  await step(db, ours.label, { step: 'block', reason: 'part-awaited' });
  await db.sql(`update device set block_until = now() - interval '1 second' where id = $1`, [late.deviceId]);
  expect(await db.worker(expireBlocks)).toBe(1);
  expect(await db.worker(expireBlocks)).toBe(0);
  const rows = await db.sql<{ state: string }>('select state from device where id = any($1) order by array_position($1, id)', [[late, early, ours].map(({ deviceId }) => deviceId)]);
  expect(rows.map(({ state }) => state)).toEqual(['rejected', 'blocked', 'blocked']);
  await step(db, late.label, { step: 'undo-rejection', reason: 'the donor called' }, coordinator);
  expect((await deviceRow(db, late.deviceId)).block_until!.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
});

it('how long the donor has is a figure that operations may change', async () => {
  await db.sql(`insert into setting (name, value, updated_by) values ('donorAnswerDays', '3', 'x')`);
  const device = reception();
  await receive(db, device);
  await step(db, device.label, { step: 'block', reason: 'donor-answer' });
  expect((await deviceRow(db, device.deviceId)).block_until!.getTime()).toBeLessThan(Date.now() + 3.1 * 86_400_000);
});

it('the newest rule set in force counts; one for later waits for its day, and none is changed', async () => {
  const base = (await db.as(coordinator, listRuleSets)).find(({ id }) => id === 'others-2026')!;
  const admin = actor('admin');
  const add = (id: string, validFrom: string) => db.as(admin, (tx) => addRuleSet(tx, { ...base, id, validFrom, scheme: { ...base.scheme, top: 'PREMIUM' } }));
  await add('others-next', '2999-01-01');
  expect((await db.as(operator, (tx) => ruleSetFor(tx, 'monitor')))?.id).toBe('others-2026');
  await add('others-new', '2026-01-02');
  expect((await db.as(operator, (tx) => ruleSetFor(tx, 'monitor')))?.id).toBe('others-new');
  await expect(add('others-new', '2026-01-03')).rejects.toThrow(code('rule-set-known'));
  expect(await db.sql(`select target from audit where action = 'rule-set' order by at`)).toEqual([{ target: 'others-next' }, { target: 'others-new' }]);
});

it('a monitor needs no erasure and is graded by its looks', async () => {
  const device = reception({ category: 'monitor' });
  await receive(db, device);
  await step(db, device.label, { step: 'diagnose' });
  await step(db, device.label, { step: 'test', results: { 'powers-on': { verdict: 'works' }, picture: { verdict: 'works' }, cable: { verdict: 'fails' } } });
  expect(await step(db, device.label, { step: 'grade', adjustments: { cosmetic: -1 } })).toMatchObject({ device: { state: 'ready', grading: { grade: 'C' } } });
  expect(await step(db, device.label, erase('X'))).toMatchObject({ outcome: 'review' });
  expect((await deviceRow(db, device.deviceId)).site_id).toBe(SITE);
});
