import { randomUUID } from 'node:crypto';
import { directory, intake, inventory, matching, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { actor } from '@lacollecte/testing';
import { History, told } from '../testing/history.js';
import { flow } from './flow.js';
import { ownFigures, ownProgress, ownStandings, ownTimeline } from './own.js';
import { search } from './search.js';
import { stages } from './stages.js';
import { deviceTimeline, lotTimeline, showEvent, trace } from './timelines.js';

let history: History;
beforeAll(async () => {
  history = await History.open();
});
afterAll(() => history.close());

const staff = actor('ops');
const asStaff = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => history.db.as(staff, work);
const minute = (n: number): string => new Date(Date.UTC(2026, 10, 2, 10, n)).toISOString();
const lotFacts = { ...intake.LotSubmitted.example, siteId: null };

interface Given {
  readonly donorId: string;
  readonly lotId: string;
  readonly siteId: string;
}
const given = (): Given => ({ donorId: randomUUID(), lotId: randomUUID(), siteId: randomUUID() });

/** A laptop on its way from the dock, as far as `state`. */
function device({ donorId, lotId, siteId }: Given, deviceId: string, last: 'received' | 'ready' | 'delivered' | 'recycled', more: object = {}) {
  const base = { deviceId, lotId, siteId, donorId };
  const cause = { correlationId: lotId };
  const events = [
    told(intake.DeviceReceived, deviceId, { ...intake.DeviceReceived.example, ...base, lineId: null, serial: `SN-${deviceId.slice(0, 8)}`, ...more }, { ...cause, at: minute(1), actor: 'somebody' }),
    told(refurbishment.DeviceArrived, deviceId, { ...base, state: 'received', waitsFor: 'diagnosis' }, { ...cause, at: minute(2) }),
  ];
  if (last === 'received') return events;
  if (last === 'recycled') return [...events, told(refurbishment.DeviceRecycled, deviceId, { ...refurbishment.DeviceRecycled.example, ...base }, { ...cause, at: minute(9), version: 2 })];
  events.push(told(refurbishment.DeviceReady, deviceId, { ...refurbishment.DeviceReady.example, ...base, waitsFor: null }, { ...cause, at: minute(10), version: 2 }));
  if (last === 'delivered') events.push(told(refurbishment.DeviceDelivered, deviceId, { ...base, state: 'delivered' }, { ...cause, at: minute(30), version: 3 }));
  return events;
}

const structureAt = (id: string, postalCode: string) =>
  told(directory.OrganisationApproved, id, { ...directory.OrganisationApproved.example, organisationId: id, state: 'approved', postalCode });
/** The device was promised and issued to the structure. */
function issuedTo(structureId: string, deviceId: string, siteId: string) {
  const reservationId = randomUUID();
  return [
    told(matching.AllocationProposed, reservationId, { ...matching.AllocationProposed.example, allocationId: reservationId, structureId, siteId }, { at: minute(15) }),
    told(inventory.ItemIssued, deviceId, { ...inventory.ItemIssued.example, itemId: deviceId, siteId, state: 'issued', reservationId }, { at: minute(20) }),
  ];
}
const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID());

it('tells a donor the kind of structure and the département from five devices on, never who', async () => {
  const place = given();
  const structureId = randomUUID();
  const [first, ...others] = ids(4) as [string, ...string[]];
  await history.hear(told(intake.LotReceived, place.lotId, { ...lotFacts, ...place, state: 'received' }), structureAt(structureId, '93200'));
  for (const id of [first, ...others]) await history.hear(...device(place, id, 'delivered'), ...issuedTo(structureId, id, place.siteId));
  const donor = actor('donor', { organisationId: place.donorId });
  const asDonor = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => history.db.as(donor, work);
  expect(await asDonor((tx) => ownTimeline(tx, first))).toMatchObject({ state: 'delivered', destination: null, steps: [{ step: 'received' }, { step: 'erased' }, { step: 'ready' }, { step: 'delivered', at: minute(30) }] });
  expect(await asDonor((tx) => ownProgress(tx, place.lotId))).toMatchObject({ passed: { received: 4, ready: 4, delivered: 4 }, destinations: [], elsewhere: 4 });
  const fifth = randomUUID();
  await history.hear(...device(place, fifth, 'delivered'), ...issuedTo(structureId, fifth, place.siteId));
  const to = { kind: 'association', department: '93' };
  expect(await asDonor((tx) => ownTimeline(tx, first))).toMatchObject({ destination: to });
  const progress = await asDonor((tx) => ownProgress(tx, place.lotId));
  expect(progress).toMatchObject({ destinations: [{ ...to, devices: 5 }], elsewhere: 0 });
  expect(JSON.stringify([progress, await asDonor((tx) => ownTimeline(tx, first))])).not.toContain(structureId);
  // Five of another donor make nothing clearer of one of mine.
  const other = given();
  const lone = randomUUID();
  await history.hear(...device(other, lone, 'delivered'), ...issuedTo(structureId, lone, other.siteId));
  const stranger = actor('donor', { organisationId: other.donorId });
  expect(await history.db.as(stranger, (tx) => ownTimeline(tx, lone))).toMatchObject({ destination: null });
});

it('shows a donor nothing of another, by the policies alone', async () => {
  const place = given();
  const deviceId = randomUUID();
  await history.hear(told(intake.LotReceived, place.lotId, { ...lotFacts, ...place, state: 'received' }), ...device(place, deviceId, 'delivered'));
  const stranger = actor('donor', { organisationId: randomUUID() });
  for (const table of ['lot', 'arrival', 'work', 'allocation', 'organisation']) {
    expect([table, await history.db.as(stranger, (tx) => tx.dynamic(`select id from ${table}`))]).toEqual([table, []]);
  }
  expect(await history.db.as(stranger, (tx) => tx.query('select device_id from own_deliveries(1)'))).toEqual([]);
  await expect(history.db.as(stranger, (tx) => ownTimeline(tx, deviceId))).rejects.toMatchObject({ code: 'nothing-known' });
  await expect(history.db.as(stranger, (tx) => ownProgress(tx, place.lotId))).rejects.toMatchObject({ code: 'nothing-known' });
  expect(await history.db.as(stranger, (tx) => ownFigures(tx, undefined))).toMatchObject({ received: 0, reused: 0, byCategory: [], byMonth: [] });
  const nothing = { received: 0, erased: 0, ready: 0, delivered: 0, recycled: 0, other: 0 };
  // Staff by these routes neither.
  for (const who of [stranger, staff]) expect(await history.db.as(who, (tx) => ownStandings(tx, [place.lotId]))).toEqual([{ lotId: place.lotId, now: nothing }]);
});

it('counts what came of a donor’s devices, with CO2e, its factors and their source', async () => {
  const place = given();
  await history.hear(...device(place, randomUUID(), 'delivered'), ...device(place, randomUUID(), 'delivered', { category: 'monitor' }), ...device(place, randomUUID(), 'recycled'), ...device(place, randomUUID(), 'received'));
  const figures = await history.db.as(actor('donor', { organisationId: place.donorId }), (tx) => ownFigures(tx, place.lotId));
  expect(figures).toMatchObject({
    received: 4, reused: 2, recycled: 1, byCategory: [{ category: 'laptop', received: 3, reused: 1, recycled: 1 }, { category: 'monitor', received: 1, reused: 1, recycled: 0 }],
    byMonth: [{ month: '2026-11', received: 4, reused: 2, recycled: 1 }],
    co2e: { kg: 81, counted: 1, uncounted: 1, years: 3, version: '2022', source: expect.stringContaining('ADEME') },
  });
});

it('counts each device of a donor’s lots once, where it is now', async () => {
  const place = given();
  const [one, two, three, four, erased] = ids(5) as [string, string, string, string, string];
  await history.hear(
    ...device(place, one, 'received'), ...device(place, two, 'ready'), ...device(place, three, 'delivered'), ...device(place, four, 'recycled'), ...device(place, erased, 'received'),
    told(refurbishment.DriveEvidenceRecorded, erased, { deviceId: erased, ...place, state: 'in-workshop', waitsFor: 'test', driveId: randomUUID(), outcome: 'erased' }, { at: minute(8), version: 2 }),
  );
  const asDonor = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => history.db.as(actor('donor', { organisationId: place.donorId }), work);
  const now = { received: 1, erased: 1, ready: 1, delivered: 1, recycled: 1, other: 0 };
  const unknown = randomUUID();
  expect(await asDonor((tx) => ownStandings(tx, [unknown, place.lotId]))).toMatchObject([{ lotId: unknown, now: { received: 0, delivered: 0 } }, { lotId: place.lotId, now }]);
  expect(await asDonor((tx) => ownStandings(tx, undefined))).toEqual([{ lotId: place.lotId, now }]);
});

it('calls a device erased once nothing of it is left to erase, and no longer where an erasure does not stand', async () => {
  const place = given();
  const deviceId = randomUUID();
  const donor = actor('donor', { organisationId: place.donorId });
  const erased = async () => (await history.db.as(donor, (tx) => ownTimeline(tx, deviceId))).steps.find(({ step }) => step === 'erased')?.at ?? null;
  const evidence = (version: number, state: 'in-workshop' | 'blocked' | 'rejected', waitsFor: 'erasure' | 'test' | 'bios-password' | null, outcome: 'erased' | 'failed' | 'contested') =>
    told(refurbishment.DriveEvidenceRecorded, deviceId, { deviceId, ...place, state, waitsFor, driveId: randomUUID(), outcome }, { at: minute(version), version });
  await history.hear(...device(place, deviceId, 'received'), evidence(2, 'in-workshop', 'erasure', 'erased'));
  expect(await erased()).toBeNull();
  await history.hear(evidence(3, 'in-workshop', 'test', 'erased'));
  expect(await erased()).toBe(minute(3));
  await history.hear(evidence(4, 'blocked', 'bios-password', 'erased'));
  expect(await erased()).toBe(minute(3));
  await history.hear(evidence(5, 'in-workshop', 'erasure', 'contested'));
  expect(await erased()).toBeNull();
  await history.hear(evidence(6, 'rejected', null, 'failed'), evidence(7, 'rejected', null, 'erased'));
  expect(await erased()).toBeNull();
});

it('tells a device’s life on one axis, with its lot, who, and how long each step took', async () => {
  const place = given();
  const [deviceId, beside] = ids(2) as [string, string];
  const opened = told(intake.LotSubmitted, place.lotId, { ...lotFacts, ...place, state: 'submitted' }, { at: minute(0), actor: 'donor-1' });
  const events = device(place, deviceId, 'ready');
  await history.hear(...device(place, beside, 'ready'), ...events, opened);
  const { device: now, steps } = await asStaff((tx) => deviceTimeline(tx, deviceId));
  expect(now).toMatchObject({ deviceId, lotId: place.lotId, stage: 'ready', since: minute(10), waitsFor: 'stock' });
  expect(steps.map(({ name, actor: who, seconds, state }) => [name, who, seconds, state])).toEqual([
    ['intake.lot-submitted', 'donor-1', null, 'submitted'], ['intake.device-received', 'somebody', 60, 'received'], ['refurbishment.device-arrived', 'system', 60, 'received'],
    ['refurbishment.device-ready', 'system', 480, 'ready'],
  ]);
  expect((await asStaff((tx) => trace(tx, place.lotId))).steps).toHaveLength(7);
  const own = await asStaff((tx) => lotTimeline(tx, place.lotId, { limit: 50, devices: false }));
  expect(own).toMatchObject({ lot: { state: 'submitted', since: minute(0), dueAt: expect.any(String) }, items: [{ name: 'intake.lot-submitted' }], next: null });
  const page = await asStaff((tx) => lotTimeline(tx, place.lotId, { limit: 4, devices: true }));
  const rest = await asStaff((tx) => lotTimeline(tx, place.lotId, { limit: 4, devices: true, after: page.next! }));
  expect([page.items.length, rest.items.length, rest.next]).toEqual([4, 3, null]);
  expect(await asStaff((tx) => showEvent(tx, opened.id))).toMatchObject({ name: 'intake.lot-submitted', data: { lotId: place.lotId } });
  await expect(asStaff((tx) => deviceTimeline(tx, randomUUID()))).rejects.toMatchObject({ code: 'nothing-known' });
});

it('finds by label, serial, IMEI, and the id of anything', async () => {
  const place = given();
  const deviceId = randomUUID();
  const events = device(place, deviceId, 'received', { label: 'LC-0000-0011', serial: 'FR-77.12', imei: '490154203237518' });
  await history.hear(...events);
  const found = async (q: string) => (await asStaff((tx) => search(tx, q))).map(({ kind, id }) => [kind, id]);
  for (const q of ['lc 0000 0011', 'LC-0000-0011', 'fr7712', 'FR-77.12', '490154203237518']) expect([q, await found(q)]).toEqual([q, [['device', deviceId]]]);
  expect(await found(deviceId)).toEqual([['device', deviceId]]);
  expect(await found(place.lotId)).toEqual([['lot', place.lotId], ['correlation', place.lotId]]);
  expect(await found(place.siteId)).toEqual([['site', place.siteId]]);
  expect(await found(events[0]!.id)).toEqual([['event', events[0]!.id]]);
  expect(await found('FR-77')).toEqual([]);
  expect(await found(randomUUID())).toEqual([]);
});

it('says where devices wait, since when, for what and by when, at a site', async () => {
  const place = given();
  const [waiting, blocked, stocked, reserved, back] = ids(5) as [string, string, string, string, string];
  const base = (deviceId: string) => ({ deviceId, lotId: place.lotId, siteId: place.siteId, donorId: place.donorId });
  const item = (itemId: string, state: 'in-stock' | 'reserved' | 'quarantined', at: string, reservationId: string | null = null, version = 1) =>
    told(inventory.ItemReserved, itemId, { ...inventory.ItemReserved.example, itemId, siteId: place.siteId, state, reservationId }, { at, version });
  const reservationId = randomUUID();
  const expiresAt = '2026-11-01T10:00:00.000Z';
  await history.hear(
    ...device(place, waiting, 'received'), ...device(place, blocked, 'received'),
    told(refurbishment.DeviceBlocked, blocked, { ...base(blocked), state: 'blocked', waitsFor: 'bios-password', dueAt: '2099-01-01T00:00:00.000Z' }, { at: minute(5), version: 2 }),
    // Stock is heard of before the workshop.
    item(stocked, 'in-stock', minute(11)), ...device(place, stocked, 'ready'),
    ...device(place, reserved, 'ready'), item(reserved, 'reserved', minute(12), reservationId),
    told(inventory.ReservationHeld, reservationId, { ...inventory.ReservationHeld.example, reservationId, siteId: place.siteId, itemIds: [reserved], expiresAt }),
    ...device(place, back, 'ready'), item(back, 'quarantined', minute(13)),
    told(refurbishment.DeviceCameBack, back, { ...base(back), state: 'received', waitsFor: 'diagnosis' }, { at: minute(12), version: 3 }),
  );
  const { devices } = await asStaff((tx) => stages(tx, place.siteId));
  expect(devices.map(({ medianSeconds: _, ...row }) => row)).toEqual([
    { stage: 'received', waitsFor: 'diagnosis', count: 2, oldestSince: minute(2), nextDueAt: null, overdue: 0 },
    { stage: 'blocked', waitsFor: 'bios-password', count: 1, oldestSince: minute(5), nextDueAt: '2099-01-01T00:00:00.000Z', overdue: 0 },
    { stage: 'stocked', waitsFor: 'need', count: 1, oldestSince: minute(11), nextDueAt: null, overdue: 0 },
    { stage: 'reserved', waitsFor: 'answer', count: 1, oldestSince: minute(12), nextDueAt: expiresAt, overdue: 1 },
  ]);
  expect(devices.every(({ medianSeconds }) => medianSeconds! > 0)).toBe(true);
});

it('counts events by type, and devices that entered each stage, by bucket', async () => {
  const place = given();
  const from = '2031-05-01T00:00:00.000Z';
  const at = (day: number) => `2031-05-0${day}T10:00:00.000Z`;
  const arrive = (day: number) => {
    const deviceId = randomUUID();
    return told(intake.DeviceReceived, deviceId, { ...intake.DeviceReceived.example, ...place, deviceId }, { at: at(day) });
  };
  await history.hear(arrive(1), arrive(1), arrive(2));
  const days = await asStaff((tx) => flow(tx, { from, to: '2031-05-03T00:00:00.000Z', bucket: 'day' }));
  expect(days.entered.map(({ stage, devices }) => [stage, devices])).toEqual([['received', 2], ['received', 1]]);
  const months = await asStaff((tx) => flow(tx, { from, to: '2031-06-01T00:00:00.000Z', bucket: 'month' }));
  expect(months.events).toEqual([{ bucket: '2031-04-30T22:00:00.000Z', name: 'intake.device-received', events: 3 }]);
  await expect(asStaff((tx) => flow(tx, { from, to: '2032-05-01T00:00:00.000Z', bucket: 'hour' }))).rejects.toMatchObject({ code: 'too-many-buckets' });
});
