import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '@lacollecte/testing';
import { waitingEvidence } from '../queries/evidence.js';
import { matchMissed } from '../sweeps/match-evidence.js';
import {
  announced, context, consumer, coordinator, deviceRow, diagnose, erase, expectConsistent, grade, operator, readyDevice, receive, reception, runTest, SITE, step, steps, workshop,
} from '../testing/workshop.js';
import { EvidenceContent } from '../http/steps.schemas.js';
import { contestEvidence } from './contest-evidence.js';
import { matchByHand } from './match-evidence.js';
import { reportEvidence } from './report-evidence.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await workshop();
});
afterAll(async () => {
  await expectConsistent(db);
  await db.close();
});

const code = (expected: string): Error => expect.objectContaining({ code: expected });
const unique = (): string => randomUUID().toUpperCase();
const report = (serial: string | null, more: object = {}) => EvidenceContent.parse({ ...erase(serial), ...more });
const queue = async () => (await db.as(operator, (tx) => waitingEvidence(tx, { limit: 200 }))).items;
const waiting = async (serial: string) => (await queue()).filter((one) => one.serial === serial);

async function laptop(serial: string | null = null) {
  const received = reception();
  await receive(db, received);
  if (serial !== null) await step(db, received.label, diagnose(serial));
  return received;
}

it('evidence whose serial is none of the device’s drives waits, and is matched when its drive appears', async () => {
  const serial = unique();
  const { label, deviceId } = await laptop();
  const answer = await step(db, label, erase(serial));
  expect(answer).toMatchObject({ outcome: 'review', device: { version: 1 } });
  expect(await waiting(serial)).toMatchObject([{ state: 'waiting', reason: 'drive-unknown', label, by: operator.subject }]);
  await step(db, label, diagnose(serial));
  expect(await waiting(serial)).toEqual([]);
  expect(await deviceRow(db, deviceId)).toMatchObject({ erased: true, version: 2 });
  expect(await announced(db, deviceId)).toEqual(['device-arrived', 'device-diagnosed', 'drive-evidence-recorded']);
});

it('an erasure station reports by serial alone: matched at once, or when the drive appears, once each', async () => {
  const [known, later] = [unique(), unique()];
  const { deviceId } = await laptop(known);
  const evidence = [report(known), report(later), report(null)];
  const { items } = await db.as(operator, (tx) => reportEvidence(tx, evidence));
  expect(items.map(({ state, reason }) => [state, reason])).toEqual([['matched', null], ['waiting', 'drive-unknown'], ['waiting', 'no-serial']]);
  expect(await deviceRow(db, deviceId)).toMatchObject({ erased: true });
  const again = await db.as(operator, (tx) => reportEvidence(tx, evidence));
  expect(again.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect((await deviceRow(db, deviceId)).version).toBe(3);
  const other = await laptop(later);
  expect((await deviceRow(db, other.deviceId)).erased).toBe(true);
});

it('a phone that was erased before its reception arrived is matched on arrival', async () => {
  const imei = '356938035643809';
  await db.as(operator, (tx) => reportEvidence(tx, [report(imei, { method: 'factory-reset', accountUnlinked: true })]));
  const phone = reception({ category: 'smartphone', imei });
  await receive(db, phone);
  expect(await deviceRow(db, phone.deviceId)).toMatchObject({ erased: true, state: 'in-workshop', bench: 'diagnosis' });
});

it('a phone’s own storage needs no serial', async () => {
  const phone = reception({ category: 'tablet' });
  await receive(db, phone);
  await expect(step(db, phone.label, erase(null, { method: 'factory-reset' }))).rejects.toThrow(code('account-linked'));
  expect(await step(db, phone.label, erase(null, { method: 'factory-reset', accountUnlinked: true }))).toMatchObject({ outcome: 'done', device: { erased: true } });
});

it('what cannot count is refused to whoever scans, and waits where nobody does', async () => {
  const serial = unique();
  const { label } = await laptop(serial);
  await expect(step(db, label, erase(serial, { method: 'clear' }))).rejects.toThrow(code('method-unfit'));
  expect(await waiting(serial)).toEqual([]);
  await db.as(operator, (tx) => reportEvidence(tx, [report(serial, { method: 'clear' })]));
  expect(await waiting(serial)).toMatchObject([{ reason: 'method-unfit' }]);
});

it('the serial of another device’s drive waits for a person', async () => {
  const serial = unique();
  const [a, b] = [await laptop(serial), await laptop(unique())];
  expect(await step(db, b.label, erase(serial))).toMatchObject({ outcome: 'review' });
  expect(await waiting(serial)).toMatchObject([{ reason: 'other-device', label: b.label }]);
  expect((await deviceRow(db, a.deviceId)).erased).toBe(false);
});

it('evidence and its drive that missed one another are matched by the sweep', async () => {
  const serial = unique();
  const { deviceId } = await laptop(serial);
  await db.as(operator, (tx) => reportEvidence(tx, [report(serial)]));
  // As two transactions leave it that did not see each other.
  const [drives] = await db.sql<{ drives: object[] }>('select drives from device where id = $1', [deviceId]);
  await db.sql(`update device set drives = $2, erased = false where id = $1`, [deviceId, JSON.stringify(drives!.drives.map((drive) => ({ ...drive, status: 'pending', evidenceId: null })))]);
  await db.sql(`update evidence set state = 'waiting', reason = 'drive-unknown', device_id = null, drive_id = null, matched_version = null where serial = $1`, [serial]);
  expect(await db.worker(matchMissed)).toBe(1);
  expect(await db.worker(matchMissed)).toBe(0);
  expect((await deviceRow(db, deviceId)).erased).toBe(true);
});

it('a person says which drive evidence without serial is about', async () => {
  const { label, deviceId } = await laptop(unique());
  await step(db, label, erase(null));
  const one = (await queue()).find((evidence) => evidence.label === label)!;
  const [row] = await db.sql<{ id: string }>(`select drives -> 0 ->> 'id' as id from device where id = $1`, [deviceId]);
  const match = () => db.as(operator, (tx) => matchByHand(tx, { evidenceId: one.id, deviceId, driveId: row!.id }));
  expect(await match()).toMatchObject({ erased: true });
  await expect(match()).rejects.toThrow(code('evidence-not-waiting'));
});

it('a contested erasure recalls what it covered, wherever it is', async () => {
  const ready = await readyDevice(db);
  const [row] = await db.sql<{ id: string }>('select id from evidence where serial = $1', [ready.driveSerial]);
  const contest = () => db.as(coordinator, (tx) => contestEvidence(tx, { evidenceId: row!.id, reason: 'report was forged' }));
  expect(await contest()).toMatchObject([{ id: ready.deviceId, state: 'recalled', erased: false }]);
  expect((await announced(db, ready.deviceId)).slice(-2)).toEqual(['drive-evidence-recorded', 'device-recalled']);
  await expect(contest()).rejects.toThrow(code('evidence-not-matched'));
  // Inventory sends it back; the contested evidence counts for nothing, whoever sends it again.
  await db.worker((tx) => consumer.itemSentBack({ itemId: ready.deviceId, siteId: SITE } as never, context(tx, [{}])));
  expect(await deviceRow(db, ready.deviceId)).toMatchObject({ state: 'received', erased: false });
});

it('a harvested drive comes with its erasure, in whatever device it is contested', async () => {
  const serial = unique();
  const [source, target] = [await laptop(serial), await laptop(unique())];
  const put = { step: 'install-drive', serial, kind: 'nvme', sizeGb: 256, origin: 'harvested' };
  await expect(step(db, target.label, put)).rejects.toThrow(code('drive-elsewhere'));
  await step(db, source.label, { step: 'remove-drive', serial });
  await expect(step(db, target.label, put)).rejects.toThrow(code('harvested-drive-unerased'));
  await step(db, source.label, erase(serial));
  expect(await step(db, target.label, put)).toMatchObject({ outcome: 'done', device: { drives: [{}, { serial, status: 'erased', origin: 'harvested' }] } });
  const [row] = await db.sql<{ id: string }>('select id from evidence where serial = $1', [serial]);
  const covered = await db.as(coordinator, (tx) => contestEvidence(tx, { evidenceId: row!.id, reason: 'x' }));
  expect(covered.map(({ id }) => id).sort()).toEqual([source.deviceId, target.deviceId].sort());
});

it('contested while it is being installed elsewhere: the new device is covered, or refuses the drive', async () => {
  for (let i = 0; i < 10; i++) {
    const serial = unique();
    const [source, target] = [await laptop(serial), await laptop(unique())];
    await steps(db, [{ label: source.label, input: erase(serial) }, { label: source.label, input: { step: 'remove-drive', serial } }]);
    const [row] = await db.sql<{ id: string }>('select id from evidence where serial = $1', [serial]);
    await Promise.allSettled([
      step(db, target.label, { step: 'install-drive', serial, kind: 'nvme', sizeGb: 256, origin: 'harvested' }),
      db.as(coordinator, (tx) => contestEvidence(tx, { evidenceId: row!.id, reason: 'x' })),
    ]);
    const drives = (await deviceRow(db, target.deviceId)).drives.filter((drive) => drive.serial === serial);
    expect(drives.map(({ status }) => status)).not.toContain('erased');
  }
});

it('a destroyed drive is replaced by a new one before the computer is ready', async () => {
  const serial = unique();
  const { label, deviceId } = await laptop(serial);
  await step(db, label, { step: 'destroy-drive', serial, how: 'shredded' });
  await step(db, label, runTest());
  await expect(step(db, label, grade())).rejects.toThrow(code('drive-needed'));
  await step(db, label, { step: 'install-drive', serial: unique(), kind: 'ssd', sizeGb: 480, origin: 'new', purchaseReference: 'PO-2026-17' });
  await step(db, label, grade());
  expect(await deviceRow(db, deviceId)).toMatchObject({ state: 'ready' });
});
