import { randomUUID } from 'node:crypto';
import { dispatch, EVENTS, intake, inventory, namedIn, refurbishment } from '@lacollecte/contracts';
import { PROJECTIONS } from '../projections/all.js';
import { History, told } from '../testing/history.js';

let history: History;
beforeAll(async () => {
  history = await History.open();
});
afterAll(() => history.close());

const rowsOf = async (): Promise<Record<string, object[]>> =>
  Object.fromEntries(await Promise.all(PROJECTIONS.map(async ({ table }) => [table, await history.db.sql<object>(`select * from ${table} order by id`)] as const)));
const occurrence = async (id: string) => (await history.db.sql<Record<string, unknown>>('select * from occurrence where id = $1', [id]))[0];

const deviceId = randomUUID();
const lotId = randomUUID();
const donorId = randomUUID();
const siteId = randomUUID();
const base = { deviceId, lotId, siteId, donorId };
const minute = (n: number) => new Date(Date.UTC(2026, 10, 2, 10, n)).toISOString();
const received = told(intake.DeviceReceived, deviceId, { ...intake.DeviceReceived.example, deviceId, lotId, donorId, siteId, lineId: null, serial: 'esh-74 60' }, { at: minute(0), correlationId: lotId, actor: 'operator-1' });
const work = [
  told(refurbishment.DeviceArrived, deviceId, { ...base, state: 'received', waitsFor: 'diagnosis' }, { at: minute(1), version: 1, correlationId: lotId, causationId: received.id }),
  told(refurbishment.DeviceDiagnosed, deviceId, { ...base, state: 'in-workshop', waitsFor: 'erasure' }, { at: minute(5), version: 2, correlationId: lotId, actor: 'operator-2' }),
  told(refurbishment.DriveEvidenceRecorded, deviceId, { ...base, state: 'in-workshop', waitsFor: 'test', driveId: randomUUID(), outcome: 'erased' }, { at: minute(9), version: 3, correlationId: lotId }),
];
const stocked = told(inventory.ItemStocked, deviceId, { ...inventory.ItemStocked.example, itemId: deviceId, siteId }, { at: minute(20), correlationId: lotId });

it('keeps every event of the contract, with all that it names', async () => {
  const examples = [...EVENTS.values()].map((definition) => told(definition, randomUUID(), definition.schema.parse(definition.example) as never));
  await history.hear(...examples);
  for (const { id, event } of examples) {
    const { subjects, identifiers } = namedIn(event!.data);
    expect(await occurrence(id)).toMatchObject({
      id, topic: event!.topic, key: event!.key, type: event!.type, at: event!.occurredAt, actor: 'system', subjects: [...subjects.keys()], identifiers: identifiers.size > 0 ? [...identifiers] : null,
    });
  }
  expect(await history.db.sql('select id from parked_event')).toEqual([]);
});

it('keeps who did it and what led to it', async () => {
  await history.hear(received, ...work);
  expect(await occurrence(received.id)).toMatchObject({ actor: 'operator-1', correlation_id: lotId, causation_id: null, devices: 1 });
  expect(await occurrence(work[0]!.id)).toMatchObject({ actor: 'system', causation_id: received.id });
  expect(await history.db.sql('select actor, correlation_id from inbox where id = $1', [received.id])).toEqual([{ actor: 'operator-1', correlation_id: lotId }]);
});

it('knows since when a device is where it is and waits for what', async () => {
  const [row] = await history.db.sql('select state, since, waits_for, waits_since, diagnosed_at, erased_at, tested_at from work where id = $1', [deviceId]);
  expect(row).toEqual({
    state: 'in-workshop', since: new Date(minute(5)), waits_for: 'test', waits_since: new Date(minute(9)), diagnosed_at: new Date(minute(5)), erased_at: new Date(minute(9)), tested_at: null,
  });
});

it('changes nothing for what is delivered again', async () => {
  const before = await rowsOf();
  await history.hear(...work, received);
  await history.hear(work[1]!);
  expect(await rowsOf()).toEqual(before);
});

it('lets what is older than a row say nothing new', async () => {
  const [before] = await history.db.sql('select * from work where id = $1', [deviceId]);
  const late = told(refurbishment.DeviceTested, deviceId, { ...base, state: 'received', waitsFor: 'diagnosis' }, { at: minute(7), version: 2 });
  await history.hear(late);
  expect(await history.db.sql('select * from work where id = $1', [deviceId])).toEqual([before]);
  expect(await occurrence(late.id)).toBeDefined();
});

it('makes the same rows however topics come, and in whatever batches', async () => {
  const parcel = told(dispatch.ParcelSealed, randomUUID(), { ...dispatch.ParcelSealed.example, content: [{ itemId: deviceId, reservationId: randomUUID() }] });
  const all = [received, ...work, stocked, parcel];
  const made: Record<string, object[]>[] = [];
  for (const batches of [[all], [[parcel], [stocked], work, [received]], [work.slice(0, 1), [stocked, parcel], work.slice(1), [received]]]) {
    await history.db.sql(`truncate inbox, ${PROJECTIONS.map(({ table }) => table).join(', ')}`);
    for (const batch of batches) await history.hear(...batch);
    made.push(await rowsOf());
  }
  expect(made[0]!.work).toHaveLength(1);
  expect(made[0]!.occurrence).toHaveLength(6);
  expect(made[1]).toEqual(made[0]);
  expect(made[2]).toEqual(made[0]);
});

it('is not stopped by what it cannot write down: that is parked, the rest is kept', async () => {
  const odd = told(inventory.ItemStocked, 'no-uuid', { ...inventory.ItemStocked.example, itemId: randomUUID() });
  const good = told(inventory.ItemStocked, randomUUID(), inventory.ItemStocked.example);
  await history.hear(odd, good);
  expect(await history.db.sql('select id, reason from parked_event')).toEqual([{ id: odd.id, reason: 'handler' }]);
  expect(await occurrence(good.id)).toBeDefined();
});
