import { randomUUID } from 'node:crypto';
import { actor, type TestDatabase } from '@lacollecte/testing';
import {
  announced, coordinator, deviceRow, diagnose, erase, expectConsistent, grade, newLabel, operator, readyDevice, receive, reception, runTest, SITE, step, steps, workshop,
} from '../testing/workshop.js';
import { AdvanceContent } from '../http/steps.schemas.js';
import { stepOf } from './advance.js';
import { takeSteps } from './take-steps.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await workshop();
});
afterAll(async () => {
  await expectConsistent(db);
  await db.close();
});

const code = (expected: string, params: object = {}): Error => expect.objectContaining({ code: expected, params: expect.objectContaining(params) });

async function laptop(more: Parameters<typeof reception>[0] = {}) {
  const received = reception(more);
  await receive(db, received);
  return received;
}

it('from reception to ready, each step with its event and its line of history', async () => {
  const device = await readyDevice(db, { earmark: '84' });
  expect(await deviceRow(db, device.deviceId)).toMatchObject({ state: 'ready', version: 5, bench: null });
  expect(await announced(db, device.deviceId)).toEqual(['device-arrived', 'device-diagnosed', 'drive-evidence-recorded', 'device-tested', 'device-graded', 'device-ready']);
  const [told] = await db.sql<{ data: string; correlation_id: string }>(`select data, correlation_id from outbox where key = $1 and type like '%device-ready%'`, [device.deviceId]);
  expect(JSON.parse(told!.data)).toMatchObject({ label: device.label, grade: 'A', category: 'laptop', earmark: '84', donorId: device.donorId, siteId: SITE, state: 'ready' });
  expect(told!.correlation_id).toBe(device.lotId);
  const history = await db.sql(`select step, by, version from step where device_id = $1 order by position`, [device.deviceId]);
  expect(history).toEqual([
    { step: 'arrive', by: 'system', version: 1 },
    ...['diagnose', 'erase', 'test', 'grade'].map((name, i) => ({ step: name, by: operator.subject, version: i + 2 })),
  ]);
});

it('keeps the clock of the device that scanned beside the server’s', async () => {
  const { label, deviceId } = await laptop();
  await db.as(operator, (tx) => takeSteps(tx, [{ label, occurredAt: '2026-01-02T03:04:05.000Z', input: { step: 'find', note: null } }, { label, occurredAt: '2026-01-02T03:04:05.000Z', input: { step: 'start-repair', note: null } }]));
  const [row] = await db.sql<{ at: Date; occurred_at: Date }>(`select at, occurred_at from step where device_id = $1 and step = 'start-repair'`, [deviceId]);
  expect(row!.occurred_at.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  expect(row!.at.getTime()).toBeGreaterThan(row!.occurred_at.getTime());
});

it('finds a device by label however it was typed, serial, IMEI, alias and asset tag', async () => {
  const serial = `SN ${randomUUID()}`;
  const { label, deviceId } = await laptop({ serial, imei: '356938035643809', aliases: ['GRPC26-0008'] });
  await step(db, label, diagnose(null, { assetTag: 'Parc-17' }));
  for (const scanned of [deviceId, label.toLowerCase().replaceAll('-', ' '), serial.toLowerCase(), '356938035643809', 'grpc26-0008', 'PARC-17']) {
    expect(await step(db, scanned, diagnose(null, { assetTag: 'Parc-17' }))).toMatchObject({ outcome: 'repeated', device: { id: deviceId } });
  }
});

it('a serial that several share is refused, an unknown one is unknown', async () => {
  const serial = randomUUID();
  await receive(db, reception({ serial }), reception({ serial }));
  await expect(step(db, serial, diagnose())).rejects.toThrow(code('identifier-ambiguous', { count: 2 }));
  await expect(step(db, 'nothing-like-it', diagnose())).rejects.toThrow(code('device-unknown'));
});

it('a label whose reception has not arrived is not here yet; one that cannot exist is unknown', async () => {
  await expect(step(db, newLabel(), diagnose())).rejects.toThrow(code('not-here-yet'));
  await expect(step(db, 'LC-7K3M-9AQT', diagnose())).rejects.toThrow(code('device-unknown'));
});

it('an operator acts at their own sites; the refusal names where the device is', async () => {
  const elsewhere = randomUUID();
  const { label } = await laptop({ siteId: elsewhere });
  await expect(step(db, label, diagnose())).rejects.toThrow(code('device-elsewhere', { siteId: elsewhere, state: 'received' }));
  expect(await step(db, label, diagnose(), actor('operator', { siteIds: [elsewhere] }))).toMatchObject({ outcome: 'done' });
  expect(await step(db, label, { step: 'reject', reason: 'dangerous' }, coordinator)).toMatchObject({ outcome: 'done' });
});

it('the same step again is answered as before, another is refused with who did what and when', async () => {
  const { label, deviceId } = await laptop();
  const done = await step(db, label, diagnose());
  await step(db, label, runTest());
  const again = await step(db, label, runTest(), actor('operator', { siteIds: [SITE] }));
  expect(again).toMatchObject({ outcome: 'repeated', device: { version: done.device.version + 1 } });
  await expect(step(db, label, runTest(['charger']))).rejects.toThrow(code('step-refused', { step: 'test', lastStep: 'test', by: operator.subject, at: expect.stringMatching(/Z$/) }));
  await step(db, label, { step: 'reject', reason: 'other' });
  await expect(step(db, label, { step: 'start-repair' })).rejects.toThrow(code('step-refused', { state: 'rejected', lastStep: 'reject' }));
  expect(await step(db, label, runTest())).toMatchObject({ outcome: 'repeated' });
  expect((await deviceRow(db, deviceId)).version).toBe(4);
});

it('50 operators with one step: it happens once, the others get the same answer', async () => {
  const { label, deviceId } = await laptop();
  const answers = await Promise.all(Array.from({ length: 50 }, () => step(db, label, diagnose(), actor('operator', { siteIds: [SITE] }))));
  expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  expect(new Set(answers.map(({ device }) => device.version))).toEqual(new Set([2]));
  expect(await announced(db, deviceId)).toEqual(['device-arrived', 'device-diagnosed']);
});

it('50 operators with different contents: one effect, the others are refused', async () => {
  const { label, deviceId } = await laptop();
  await step(db, label, diagnose());
  const answers = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => step(db, label, { step: 'test', results: { ...runTest().results, battery: { verdict: 'works', value: i } } }, actor('operator', { siteIds: [SITE] }))),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []));
  expect(refusals).toEqual(Array.from({ length: 49 }, () => 'step-refused'));
  expect((await deviceRow(db, deviceId)).version).toBe(3);
});

describe('lists', () => {
  it('each is answered on its own, none is lost, and one device may come several times', async () => {
    const [a, b, c] = [reception(), reception(), reception({ siteId: randomUUID() })];
    await receive(db, a, b, c);
    const unknown = newLabel();
    const answers = await steps(db, [
      { label: b.label, input: diagnose('B') }, { label: a.label, input: grade() }, { label: unknown, input: diagnose() }, { label: c.label, input: diagnose() },
      { label: b.label, input: erase('B') }, { label: b.label, input: runTest() }, { label: b.label, input: grade() }, { label: b.label, input: grade() },
    ]);
    expect(answers.map((answer) => [answer.label, answer.outcome, answer.outcome === 'refused' ? answer.error.code : answer.device.state])).toEqual([
      [b.label, 'done', 'in-workshop'], [a.label, 'refused', 'diagnosis-first'], [unknown, 'refused', 'not-here-yet'], [c.label, 'refused', 'device-elsewhere'],
      [b.label, 'done', 'in-workshop'], [b.label, 'done', 'in-workshop'], [b.label, 'done', 'ready'], [b.label, 'repeated', 'ready'],
    ]);
    expect((await deviceRow(db, a.deviceId)).version).toBe(1);
  });

  it('crossing lists from many hands neither wait in a circle nor lose a step', async () => {
    const devices = Array.from({ length: 12 }, () => reception());
    await receive(db, ...devices);
    const runs = Array.from({ length: 8 }, (_, n) => {
      const order = n % 2 === 0 ? devices : [...devices].reverse();
      return steps(db, order.map(({ label }) => ({ label, input: { step: 'block', reason: 'account-lock', note: `hand ${n}` } })), actor('operator', { siteIds: [SITE] }));
    });
    const answers = (await Promise.all(runs)).flat();
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(12);
    expect(answers.filter((answer) => answer.outcome === 'refused' && answer.error.code === 'step-refused')).toHaveLength(84);
  });

  it('advances the first open check only', async () => {
    const [a, b] = [reception(), reception()];
    await receive(db, a, b);
    await step(db, b.label, diagnose());
    const advance = (content: object) => {
      const parsed = AdvanceContent.parse(content);
      return db.as(operator, (tx) => takeSteps(tx, [a, b].map(({ label }) => ({ label, input: stepOf(parsed), check: parsed.check }))));
    };
    const { step: _, ...content } = diagnose('A');
    expect((await advance({ check: 'diagnosis', ...content })).map((answer) => [answer.outcome, answer.outcome === 'refused' && answer.error.code])).toEqual([['done', false], ['refused', 'step-refused']]);
    expect((await advance({ check: 'test', results: runTest().results })).map((answer) => answer.outcome === 'refused' && answer.error.params.next)).toEqual(['erasure', 'erasure']);
    expect((await advance({ check: 'diagnosis', ...content })).map(({ outcome }) => outcome)).toEqual(['repeated', 'refused']);
  });
});

describe('undo', () => {
  it('takes back one’s own last step, with what hung on it', async () => {
    const { label, deviceId } = await laptop();
    const serial = randomUUID().toUpperCase();
    await step(db, label, diagnose(serial, { serial: 'WRONG-1' }));
    await step(db, label, erase(serial));
    const [before] = await db.sql<{ state: string }>('select state from evidence where serial = $1', [serial]);
    expect(before!.state).toBe('matched');
    await step(db, label, { step: 'undo' });
    expect(await db.sql('select state, reason from evidence where serial = $1', [serial])).toEqual([{ state: 'waiting', reason: 'undone' }]);
    expect(await deviceRow(db, deviceId)).toMatchObject({ version: 4, erased: false, state: 'in-workshop' });
    expect((await announced(db, deviceId)).at(-1)).toBe('step-undone');
    expect(await step(db, label, { step: 'undo' })).toMatchObject({ outcome: 'repeated' });
  });

  it('identifiers and drives of an undone diagnosis are forgotten', async () => {
    const { label, deviceId } = await laptop();
    await step(db, label, diagnose('MISTYPED', { serial: 'WRONG-2' }));
    await step(db, label, { step: 'undo' });
    expect(await deviceRow(db, deviceId)).toMatchObject({ state: 'received', drives: [], bench: 'diagnosis' });
    expect(await db.sql(`select value from identifier where device_id = $1`, [deviceId])).toEqual([]);
    expect(await db.sql(`select serial from drive_serial where device_id = $1`, [deviceId])).toEqual([]);
  });

  it('refused for another’s step, for one that was followed, and after ten minutes', async () => {
    const { label, deviceId } = await laptop();
    await step(db, label, diagnose());
    await expect(step(db, label, { step: 'undo' }, actor('operator', { siteIds: [SITE] }))).rejects.toThrow(code('step-refused', { lastStep: 'diagnose', by: operator.subject }));
    await db.sql(`update step set at = at - interval '11 minutes' where device_id = $1`, [deviceId]);
    await expect(step(db, label, { step: 'undo' })).rejects.toThrow(code('undo-too-late'));
    const ready = await readyDevice(db);
    await expect(step(db, ready.label, { step: 'undo' })).rejects.toThrow(code('step-refused'));
  });
});
