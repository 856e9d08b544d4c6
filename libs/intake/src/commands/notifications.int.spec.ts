import { randomUUID } from 'node:crypto';
import { notificationInvariants } from '../notification-invariants.js';
import { listNotifications, type NotificationView } from '../queries/notifications.js';
import { Dock, donorIn } from '../testing/dock.js';
import { cancelLot, declineLot } from './advance-lot.js';
import { endPickup, schedulePickup } from './change-pickup.js';
import { readNotifications } from './read-notifications.js';
import { settleDevice, unsettleDevice } from './settle-device.js';

let dock: Dock;
beforeEach(async () => {
  dock = await Dock.open();
});
afterEach(() => dock.finish());

const list = (who = dock.donor, limit = 50, after?: string) => dock.as(who, (tx) => listNotifications(tx, { limit, after }));
const told = async (who = dock.donor): Promise<string[]> => (await list(who)).items.map(({ kind }) => kind).toReversed();
const newest = async (): Promise<NotificationView> => (await list()).items[0]!;

it('tells the donor each step that matters, once: accepted, collected, received with differences, all ended, and ended again', async () => {
  const { lotId, receptionId } = await dock.receiving([{ quantity: 3 }]);
  const { deviceId } = await dock.scan(receptionId, { category: 'laptop' });
  await dock.close(receptionId);
  await dock.end(lotId);
  expect(await newest()).toMatchObject({ kind: 'lot-received', lotId, readAt: null, texts: { fr: { text: expect.stringContaining('2 manquants') }, en: { text: expect.stringContaining('2 missing') } } });
  await dock.db.worker((tx) => settleDevice(tx, { deviceId, lotId }, 'delivered'));
  expect(await newest()).toMatchObject({ kind: 'lot-closed', texts: { en: { text: '1 reused, 0 recycled. Thank you.' } } });
  await dock.db.worker((tx) => unsettleDevice(tx, { deviceId, lotId }));
  await dock.db.worker((tx) => settleDevice(tx, { deviceId, lotId }, 'recycled'));
  expect(await told()).toEqual(['lot-accepted', 'lot-collected', 'lot-received', 'lot-closed', 'lot-closed']);
  expect((await dock.db.sql<{ n: number }>('select count(*)::int as n from notification where sent_at is null'))[0]!.n).toBe(5);
});

it('tells of pick-ups, and of a lot that is off unless the donor cancelled it', async () => {
  const planned = await dock.submitted([{ quantity: 20 }]);
  await dock.accept(planned);
  const schedule = () => dock.as(dock.coordinator, (tx) => schedulePickup(tx, { lotId: planned, siteId: dock.siteId, plannedOn: '2026-11-30', pallets: 1, boxes: 0, seals: [] }));
  const first = await schedule();
  await dock.as(dock.coordinator, (tx) => endPickup(tx, { pickupId: first, done: false, reason: 'gate closed', version: 1 }));
  const second = await schedule();
  await dock.as(dock.coordinator, (tx) => endPickup(tx, { pickupId: second, done: true, reason: null, version: 1 }));
  await schedule();
  const off = async (who: 'donor' | 'coordinator') => {
    const lotId = await dock.submitted([{ quantity: 20 }]);
    await dock.as(dock[who], (tx) => cancelLot(tx, { lotId, version: 3 }));
  };
  await off('donor');
  await off('coordinator');
  const refused = await dock.submitted([{ quantity: 1 }]);
  await dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId: refused, version: 3, reason: 'too old' }));
  expect(await told()).toEqual(['lot-accepted', 'pickup-planned', 'pickup-failed', 'pickup-planned', 'lot-collected', 'pickup-planned', 'lot-cancelled', 'lot-declined']);
});

it('is undone with what it tells of', async () => {
  const lotId = await dock.submitted([{ quantity: 20 }]);
  await expect(dock.as(dock.coordinator, async (tx) => {
    await declineLot(tx, { lotId, version: 3, reason: 'too old' });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await told()).toEqual([]);
});

it('is read by its own organisation alone, page by page, newest first', async () => {
  for (let i = 0; i < 3; i += 1) await dock.accept(await dock.submitted([{ quantity: 20 }]));
  const first = await list(dock.donor, 2);
  const rest = await list(dock.donor, 2, first.next!);
  expect([first.items.length, rest.items.length, rest.next, first.unread]).toEqual([2, 1, null, 3]);
  const times = [...first.items, ...rest.items].map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual(times.toSorted((a, b) => b - a));

  const stranger = await donorIn(dock.db);
  expect(await list(stranger)).toEqual({ items: [], next: null, unread: 0 });
  expect(await dock.as(stranger, (tx) => tx.query('select id from notification'))).toEqual([]);
  // Neither does one who may see all rows read for the donor.
  for (const who of [stranger, { ...dock.coordinator, organisationId: stranger.organisationId }]) await dock.as(who, (tx) => readNotifications(tx, { ids: first.items.map(({ id }) => id) }));
  expect((await list()).unread).toBe(3);
  for (let again = 0; again < 2; again += 1) await dock.as(dock.donor, (tx) => readNotifications(tx, { ids: [first.items[0]!.id, randomUUID()] }));
  expect(await list()).toMatchObject({ unread: 2, items: [{ readAt: expect.any(Date) }, { readAt: null }, { readAt: null }] });
});

it.each(['delete from notification where kind = \'lot-received\'', 'update notification set of_version = of_version + 100 where kind = \'lot-collected\'', 'update notification set donor_id = gen_random_uuid() where kind = \'lot-received\''])(
  'whether donors are told is seen to be broken by: %s',
  async (corruption) => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 3 }]);
    await dock.close(receptionId);
    await dock.end(lotId);
    const [{ examined, violations }] = notificationInvariants as [(typeof notificationInvariants)[0]];
    expect(Number((await dock.db.sql<{ n: string }>(examined!))[0]?.n)).toBeGreaterThan(0);
    await dock.db.sql('begin');
    await dock.db.sql(corruption);
    const rows = await dock.db.sql(violations);
    await dock.db.sql('rollback');
    expect(rows).toHaveLength(1);
  },
);
