import { randomUUID } from 'node:crypto';
import { dispatch, type EventData } from '@lacollecte/contracts';
import type { TestDatabase } from '@lacollecte/testing';
import { announced, consumer, context, coordinator, deviceRow, diagnose, expectConsistent, readyDevice, receive, reception, SITE, step, workshop } from '../testing/workshop.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await workshop();
});
afterAll(async () => {
  await expectConsistent(db);
  await db.close();
});

type Parcel = EventData<typeof dispatch.ParcelDelivered>;
type Return = EventData<typeof dispatch.ReturnReceived>;
const minutes = (n: number): Date => new Date(Date.now() + n * 60_000);

function parcel(itemIds: readonly string[], missing: string[] = []): Parcel {
  const shipmentId = randomUUID();
  return {
    shipmentId, siteId: SITE, structureId: randomUUID(), state: 'delivered', parcelId: randomUUID(),
    content: itemIds.map((itemId) => ({ itemId, reservationId: randomUUID() })), missing,
  };
}
const returned = (deviceId: string, siteId = SITE): Return => ({ returnId: randomUUID(), deviceId, shipmentId: randomUUID(), reservationId: randomUUID(), siteId, state: 'received' });
const deliver = (data: Parcel, at = minutes(1)) => db.worker((tx) => consumer.parcelDelivered(data, context(tx, [data], at)));
const comeBack = (data: Return, at: Date) => db.worker((tx) => consumer.returnReceived(data, context(tx, [data], at)));
const sentBack = (itemId: string, at: Date) => db.worker((tx) => consumer.itemSentBack({ itemId, siteId: SITE } as never, context(tx, [{ itemId }], at)));
async function states(...ids: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const id of ids) found.push((await deviceRow(db, id)).state);
  return found;
}

describe('receptions', () => {
  it('are taken in sets, each device once, with its identifiers', async () => {
    const devices = [reception({ serial: 'AB 12' }), reception({ recycleForAge: true }), reception({ category: 'tablet', imei: '490154203237518' }), reception({ aliases: ['GRPC26-0001', 'grpc26-0001'] })];
    await receive(db, ...devices, devices[0]!);
    await receive(db, ...devices);
    expect(await states(...devices.map(({ deviceId }) => deviceId))).toEqual(['received', 'rejected', 'received', 'received']);
    expect(await announced(db, devices[1]!.deviceId)).toEqual(['device-arrived', 'device-rejected']);
    expect(await db.sql(`select value, kind from identifier where device_id = any($1) order by kind, value`, [devices.map(({ deviceId }) => deviceId)])).toEqual([
      { value: 'GRPC26-0001', kind: 'alias' }, { value: '490154203237518', kind: 'imei' }, { value: 'AB12', kind: 'serial' },
    ]);
    expect(await db.sql(`select causation_id is not null as caused from outbox where key = $1`, [devices[0]!.deviceId])).toEqual([{ caused: true }]);
  });

  it('500 in one batch', async () => {
    const devices = Array.from({ length: 500 }, (_, i) => reception({ category: i % 2 === 0 ? 'laptop' : 'smartphone', serial: `S-${randomUUID()}` }));
    await receive(db, ...devices);
    const [row] = await db.sql<{ n: number }>('select count(*)::int as n from device where id = any($1)', [devices.map(({ deviceId }) => deviceId)]);
    expect(row!.n).toBe(500);
  });

  it('too old: rejected, and undone by a coordinator where that was wrong', async () => {
    const device = reception({ recycleForAge: true });
    await receive(db, device);
    await step(db, device.label, { step: 'undo-rejection', reason: 'bought in 2019' }, coordinator);
    expect(await states(device.deviceId)).toEqual(['received']);
  });
});

describe('deliveries', () => {
  it('deliver each device of the parcel but the missing ones, which are lost until found', async () => {
    const [a, b, c] = [await readyDevice(db), await readyDevice(db), await readyDevice(db)];
    await deliver(parcel([a.deviceId, b.deviceId, c.deviceId, randomUUID()], [c.deviceId]));
    expect(await states(a.deviceId, b.deviceId, c.deviceId)).toEqual(['delivered', 'delivered', 'ready']);
    expect((await announced(db, a.deviceId)).at(-1)).toBe('device-delivered');
    const lost = { ...returned(c.deviceId), state: 'lost' as const };
    await db.worker((tx) => consumer.deliveryDeviceLost(lost, context(tx, [lost], minutes(1))));
    expect(await states(c.deviceId)).toEqual(['lost']);
    await db.worker((tx) => consumer.deliveryDeviceFound(lost, context(tx, [lost], minutes(2))));
    expect(await deviceRow(db, c.deviceId)).toMatchObject({ state: 'received', erased: false, bench: 'diagnosis' });
    expect((await announced(db, c.deviceId)).slice(-2)).toEqual(['device-lost', 'device-came-back']);
  });

  it('of a device that was not ready recall it', async () => {
    const device = reception();
    await receive(db, device);
    await step(db, device.label, diagnose());
    await deliver(parcel([device.deviceId]));
    expect(await states(device.deviceId)).toEqual(['recalled']);
    expect((await announced(db, device.deviceId)).at(-1)).toBe('device-recalled');
  });

  it('of a recalled device leave the recall standing', async () => {
    const device = await readyDevice(db);
    await step(db, device.label, { step: 'recall', reason: 'unsafe', note: null });
    await deliver(parcel([device.deviceId]));
    expect(await states(device.deviceId)).toEqual(['recalled']);
    await comeBack(returned(device.deviceId), minutes(3));
    expect(await states(device.deviceId)).toEqual(['received']);
  });
});

describe('what comes back', () => {
  it('is received where it is now, every check open', async () => {
    const device = await readyDevice(db);
    const site = randomUUID();
    await deliver(parcel([device.deviceId]));
    await comeBack(returned(device.deviceId, site), minutes(2));
    expect(await deviceRow(db, device.deviceId)).toMatchObject({ state: 'received', site_id: site, erased: false, bench: 'diagnosis', drives: [{ status: 'pending' }] });
    expect((await announced(db, device.deviceId)).at(-1)).toBe('device-came-back');
  });

  it('is told by stock and by dispatch in any order, and counts once', async () => {
    const device = await readyDevice(db);
    await comeBack(returned(device.deviceId), minutes(2));
    await sentBack(device.deviceId, minutes(2.5));
    await deliver(parcel([device.deviceId]), minutes(1));
    expect(await deviceRow(db, device.deviceId)).toMatchObject({ state: 'received', version: 6 });
  });

  it('told late, once it is ready again, changes nothing', async () => {
    const device = await readyDevice(db);
    await sentBack(device.deviceId, new Date(Date.now() - 3_600_000));
    await deliver(parcel([device.deviceId]), new Date(Date.now() - 3_600_000));
    expect(await deviceRow(db, device.deviceId)).toMatchObject({ state: 'ready', version: 5 });
  });
});
