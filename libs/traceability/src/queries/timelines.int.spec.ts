import { randomUUID } from 'node:crypto';
import { directory, dispatch, intake, inventory, matching, refurbishment } from '@lacollecte/contracts';
import type { Decoded } from '@lacollecte/messaging';
import { actor, type TestDatabase } from '@lacollecte/testing';
import { hear, minute, told, traceabilityDatabase } from '../testing/heard.js';
import { search, showEvent } from './events.js';
import { ownFigures } from './own-figures.js';
import { flow, stages } from './stages.js';
import { deviceTimeline, lotProgress, lotTimeline, ownDeviceTimeline, trace } from './timelines.js';

interface Story {
  readonly deviceId: string;
  readonly events: readonly Decoded[];
}
const [siteId, structureId, donorId, operator] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const coordinator = actor('coordinator');

/** One device from its lot to the structure, as each service tells it. `label` must be one of ours. */
function story(lotId: string, label: string, donor = donorId): Story {
  const [deviceId, allocationId, needId, shipmentId, parcelId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const of = (version: number, at: number) => ({ key: deviceId, version, minute: at, correlationId: lotId, actor: operator });
  const [work, stock, promise] = [{ deviceId, lotId, siteId }, { itemId: deviceId, siteId, reservationId: allocationId }, { allocationId, needId, structureId, siteId }];
  const parcel = { shipmentId, siteId, structureId, parcelId, content: [{ itemId: deviceId, reservationId: allocationId }] };
  return {
    deviceId,
    events: [
      told(intake.DeviceReceived, of(1, 10), { deviceId, lotId, donorId: donor, siteId, label, serial: `sn-${label}` }),
      told(refurbishment.DeviceArrived, of(1, 11), { ...work, state: 'received' }),
      told(refurbishment.DeviceDiagnosed, of(2, 20), work),
      told(refurbishment.DeviceTested, of(3, 30), work),
      told(refurbishment.DeviceReady, of(4, 40), { ...work, donorId: donor, label }),
      told(inventory.ItemStocked, of(1, 41), { ...stock, reservationId: null }),
      told(matching.AllocationProposed, { key: allocationId, version: 1, minute: 50 }, promise),
      told(inventory.ItemReserved, of(2, 51), { ...stock, state: 'reserved' }),
      told(inventory.ReservationHeld, { key: allocationId, version: 1, minute: 52 }, { reservationId: allocationId, siteId, itemIds: [deviceId] }),
      told(matching.AllocationAccepted, { key: allocationId, version: 2, minute: 55 }, { ...promise, state: 'accepted' }),
      told(inventory.ItemPicked, of(3, 60), { ...stock, state: 'picked' }),
      told(inventory.ItemIssued, of(4, 70), { ...stock, state: 'issued' }),
      told(dispatch.ParcelDelivered, { key: shipmentId, version: 5, minute: 80 }, parcel),
      told(refurbishment.DeviceDelivered, of(5, 81), { ...work, state: 'delivered' }),
    ],
  };
}
const lotStory = (lotId: string): Decoded[] => {
  const of = (version: number, at: number) => ({ key: lotId, version, minute: at, correlationId: lotId });
  return [told(intake.LotOpened, of(1, 0), { lotId, donorId, state: 'draft' }), told(intake.LotSubmitted, of(2, 5), { lotId, donorId, siteId, declared: 5 }), told(intake.LotReceived, of(3, 12), { lotId, donorId, siteId, state: 'received', declared: 5, received: 5, awaited: 0 })];
};
const structure = told(directory.OrganisationApproved, { key: structureId, version: 1, minute: 0 }, { organisationId: structureId, state: 'approved', activity: 'structure', kind: 'association', postalCode: '93200' });
const LABELS = ['LC-7K3M-9QAT', 'LC-0000-0011', 'LC-0000-0022', 'LC-0000-0033', 'LC-0000-0044'];

let db: TestDatabase;
let lotId: string;
beforeAll(async () => {
  db = await traceabilityDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql('truncate inbox, occurrence, device, device_work, item, reservation, allocation, lot, organisation');
  lotId = randomUUID();
});

interface Timeline {
  readonly device: Record<string, unknown>;
  readonly steps: readonly Record<string, unknown>[];
}
const timeline = async (deviceId: string): Promise<Timeline> => (await db.as(coordinator, (tx) => deviceTimeline(tx, deviceId))) as Timeline;
const everything = async (): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const table of ['occurrence', 'device', 'device_work', 'item', 'reservation', 'allocation', 'lot', 'organisation']) found.push(table, await db.sql(`select * from ${table} order by id`));
  return found;
};
/** Of one topic in its order, the topics in any: what no order between topics means. */
const byTopic = (events: readonly Decoded[]): Decoded[][] => [...Map.groupBy(events, ({ record, key }) => `${record.topic} ${key}`).values()];

test("a device's life is one axis of time, from its lot to the structure, with who and how long", async () => {
  const one = story(lotId, LABELS[0]!);
  await hear(db, structure, ...lotStory(lotId), ...one.events);
  const { device, steps } = await timeline(one.deviceId);
  expect(steps.map(({ name }) => name)).toEqual([
    'lot-opened', 'lot-submitted', 'device-received', 'device-arrived', 'lot-received', 'device-diagnosed', 'device-tested', 'device-ready', 'item-stocked', 'allocation-proposed',
    'item-reserved', 'reservation-held', 'allocation-accepted', 'item-picked', 'item-issued', 'parcel-delivered', 'device-delivered',
  ]);
  expect(steps[2]).toMatchObject({ actor: operator, afterSeconds: 300, correlationId: lotId, service: 'intake', at: minute(10), heardAt: expect.any(Date) });
  expect(device).toMatchObject({ stage: 'delivered', since: minute(81), label: LABELS[0], grade: 'A', lotId, donorId, structureId, structureKind: 'association', department: '93', reason: null });
});

test('whatever order topics come in, however batches are cut, and however often, the same is kept', async () => {
  const events = [structure, ...lotStory(lotId), ...story(lotId, LABELS[0]!).events];
  await hear(db, ...events);
  const expected = await everything();
  for (const order of [byTopic(events).toReversed(), byTopic(events).map((run) => run.flatMap((event) => [event, event]))]) {
    await db.sql('truncate inbox, occurrence, device, device_work, item, reservation, allocation, lot, organisation');
    for (const run of order) for (const event of run) await hear(db, event);
    await hear(db, ...events);
    expect(await everything()).toEqual(expected);
  }
});

test('each stage is told with why it waits', async () => {
  const one = story(lotId, LABELS[0]!);
  const seen: string[] = [];
  for (const event of one.events) {
    await hear(db, event);
    const { stage, reason } = (await timeline(one.deviceId)).device;
    if (seen.at(-1) !== `${String(stage)} ${String(reason)}`) seen.push(`${String(stage)} ${String(reason)}`);
  }
  expect(seen).toEqual([
    'received awaits-diagnosis', 'in-workshop after-device-diagnosed', 'in-workshop after-device-tested', 'ready awaits-stock', 'stocked awaits-need', 'reserved awaits-answer',
    'reserved awaits-picking', 'packed awaits-hand-over', 'handed-over awaits-delivery', 'delivered null',
  ]);
});

test('stages count devices and what was declared, with the date by which they must go on; at one site or at all', async () => {
  const [done, reserved] = [story(lotId, LABELS[0]!), story(lotId, LABELS[1]!)];
  await hear(db, ...lotStory(lotId).slice(0, 2), ...done.events, ...reserved.events.slice(0, 9));
  const at = async (site: string | null) => new Map((await db.as(coordinator, (tx) => stages(tx, site))).map((row) => [row.stage, row]));
  const here = await at(siteId);
  expect(here.get('declared')).toMatchObject({ devices: 240, reasons: [{ code: 'awaits-acceptance', devices: 240 }] });
  expect(here.get('delivered')).toMatchObject({ devices: 1, oldestAt: null, medianSeconds: null });
  expect(here.get('reserved')).toMatchObject({ devices: 1, oldestAt: minute(51), deadline: new Date('2026-11-09T10:00:00.000Z'), reasons: [{ code: 'awaits-answer', devices: 1 }] });
  expect([...(await at(randomUUID())).values()].filter(({ devices }) => devices !== 0)).toEqual([]);
  expect((await at(null)).get('reserved')).toMatchObject({ devices: 1 });
});

test('the flow has events by type and devices by stage, within the time asked for', async () => {
  await hear(db, ...lotStory(lotId), ...story(lotId, LABELS[0]!).events);
  const of = (from: Date, to: Date) => db.as(coordinator, (tx) => flow(tx, { from, to, bucket: 'hour' }));
  const { events, entered } = await of(minute(0), minute(45));
  expect(entered).toEqual(['declared', 'ready', 'received', 'stocked'].map((stage) => ({ at: minute(0), stage, devices: stage === 'declared' ? 5 : 1 })));
  expect(events).toContainEqual({ at: minute(0), type: refurbishment.DeviceReady.type, events: 1 });
  expect((await of(minute(46), minute(82))).entered).toEqual([{ at: minute(60), stage: 'delivered', devices: 1 }]);
  await expect(of(new Date(0), minute(0))).rejects.toMatchObject({ code: 'flow-too-long' });
});

test('a lot shows its own events and where its devices are', async () => {
  await hear(db, ...lotStory(lotId), ...story(lotId, LABELS[0]!).events, ...story(lotId, LABELS[1]!).events.slice(0, 3));
  expect(await db.as(coordinator, (tx) => lotTimeline(tx, lotId))).toMatchObject({
    lot: { state: 'received', received: 5 }, stages: [{ stage: 'in-workshop', devices: 1 }, { stage: 'delivered', devices: 1 }],
    steps: [{ name: 'lot-opened' }, { name: 'lot-submitted' }, { name: 'lot-received' }],
  });
});

test('a donor sees their own, never who, and where to only from five devices on', async () => {
  const mine = LABELS.map((label) => story(lotId, label));
  const me = actor('donor', { organisationId: donorId });
  const own = async (index: number) => db.as(me, (tx) => ownDeviceTimeline(tx, mine[index]!.deviceId));
  await hear(db, structure, ...lotStory(lotId), ...mine.slice(0, 4).flatMap(({ events }) => events), story(randomUUID(), 'LC-0000-0055', randomUUID()).events[0]!);
  expect(await own(0)).toMatchObject({ device: { stage: 'delivered' }, destination: null });
  expect(await db.as(me, (tx) => ownFigures(tx, null))).toMatchObject({ received: 4, reused: 4, co2eKg: 324, destinations: [], factor: { source: 'ADEME', version: '2022', yearsGained: 3 } });
  await hear(db, ...mine[4]!.events);
  const shown = await own(0);
  expect(shown).toMatchObject({ destination: { structureKind: 'association', department: '93' } });
  expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${structureId}|${operator}|actor`));
  expect(await db.as(me, (tx) => ownFigures(tx, lotId))).toMatchObject({ reused: 5, categories: [{ category: 'laptop', co2eKg: 405, co2eKgPerYear: 27 }], destinations: [{ department: '93', devices: 5 }] });
  for (const other of [actor('donor', { organisationId: randomUUID() }), actor('donor')]) {
    await expect(db.as(other, (tx) => ownDeviceTimeline(tx, mine[0]!.deviceId))).rejects.toMatchObject({ code: 'device-not-found' });
    await expect(db.as(other, (tx) => lotProgress(tx, lotId))).rejects.toMatchObject({ code: 'lot-not-found' });
    expect(await db.as(other, (tx) => ownFigures(tx, null))).toMatchObject({ received: 0, destinations: [] });
    expect(await db.as(other, (tx) => tx.query('select from destinations()'))).toEqual([]);
  }
});

test('finds by label, serial in any case, and every kind of id; and shows an event with what it led to', async () => {
  const one = story(lotId, LABELS[0]!);
  const cause = told(intake.PickupDone, { key: randomUUID(), version: 1, minute: 7, correlationId: lotId, actor: null }, { lotId });
  const effect = told(intake.LotReceptionStarted, { key: lotId, version: 9, minute: 8, correlationId: lotId, causationId: cause.id }, { lotId, donorId });
  await hear(db, structure, ...lotStory(lotId), ...one.events, cause, effect);
  const found = async (q: string) => db.as(coordinator, (tx) => search(tx, q));
  const hit = { kind: 'device', id: one.deviceId, text: LABELS[0] };
  for (const q of ['lc-7k3m-9qat', `SN-${LABELS[0]}`]) expect(await found(q)).toEqual({ hits: [hit], named: 0 });
  expect(await found(one.deviceId)).toEqual({ hits: [hit], named: 12 });
  expect((await found(lotId)).hits.map(({ kind }) => kind)).toEqual(['lot', 'correlation']);
  expect((await found(structureId)).hits).toEqual([{ kind: 'structure', id: structureId, text: 'association' }]);
  expect((await found(cause.id)).hits).toEqual([{ kind: 'event', id: cause.id, text: intake.PickupDone.type }]);
  expect(await found('nothing')).toEqual({ hits: [], named: 0 });
  expect(await db.as(coordinator, (tx) => showEvent(tx, cause.id))).toMatchObject({ actor: null, data: { lotId }, ledTo: [effect.id] });
  expect((await db.as(coordinator, (tx) => trace(tx, lotId))).length).toBe(3 + 2 + one.events.filter(({ event }) => event?.correlationId === lotId).length);
  await expect(db.as(coordinator, (tx) => showEvent(tx, randomUUID()))).rejects.toMatchObject({ code: 'event-not-found' });
});
