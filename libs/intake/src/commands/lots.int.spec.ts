import { randomUUID } from 'node:crypto';
import { actor } from '@lacollecte/testing';
import { listDevices, listLines, listLots, showLot } from '../queries/lots.js';
import { listPickups, showPickup } from '../queries/pickups.js';
import { suggestSites } from '../queries/suggest-sites.js';
import { endTask, listTasks } from '../queries/tasks.js';
import { answerOverdue, inventoryOverdue } from '../sweeps/deadlines.js';
import { Dock, donorIn } from '../testing/dock.js';
import { acceptLot, cancelLot, declineLot, submitLot } from './advance-lot.js';
import { endPickup, schedulePickup } from './change-pickup.js';
import { addLines, changeLine, removeLines, type TypedLine } from './edit-lines.js';
import { describeLot, openLot } from './open-lot.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

const serial = () => `S${randomUUID().slice(0, 8).toUpperCase()}`;
type View = Record<string, never> & { version: number; state: string };
const show = (lotId: string, who = dock.donor as Parameters<Dock['as']>[0]) => dock.as(who, (tx) => showLot(tx, lotId)) as Promise<unknown> as Promise<View>;
const lines = async (lotId: string) => (await dock.as(dock.donor, (tx) => listLines(tx, lotId, { limit: 100 }))).items as (TypedLine & { id: string; position: number })[];
const add = (lotId: string, version: number, ...typed: Partial<TypedLine>[]) =>
  dock.as(dock.donor, (tx) => addLines(tx, { lotId, version, lines: typed.map((line) => ({ category: 'laptop', quantity: 1, ...line })) }));
const tasks = async (kind: string, lotId: string) => (await dock.as(dock.coordinator, (tx) => listTasks(tx, { limit: 100 }))).items.filter((task) => task.kind === kind && task.lotId === lotId);

describe('a draft', () => {
  it('is opened by its donor, by a site for a gift, by a coordinator for a company that telephones', async () => {
    const donorId = dock.donor.organisationId;
    const open = (who: Parameters<Dock['as']>[0], more: object = {}) => dock.as(who, (tx) => openLot(tx, { title: 'A lot', ...more }));
    expect(await show(await open(dock.donor, { donorId: randomUUID(), siteId: dock.siteId }))).toMatchObject({ donorId, siteId: null, origin: 'donor', state: 'draft', version: 1 });
    expect(await show(await open(dock.operator, { donorId, siteId: dock.siteId }))).toMatchObject({ donorId, siteId: dock.siteId, origin: 'site' });
    expect(await show(await open(dock.coordinator, { donorId }))).toMatchObject({ donorId, siteId: null, origin: 'coordinator' });
    await expect(open(dock.operator, { donorId })).rejects.toMatchObject({ code: 'site-missing' });
    await expect(open(dock.operator, { donorId, siteId: dock.otherSiteId })).rejects.toMatchObject({ code: 'site-not-yours' });
    await expect(open(dock.coordinator)).rejects.toMatchObject({ code: 'donor-missing' });
    await expect(open(actor('donor', { organisationId: randomUUID() }))).rejects.toMatchObject({ code: 'donor-not-approved' });
  });

  it('takes, changes and loses lines; what is wrong is said line by line', async () => {
    const lotId = await dock.draft([]);
    const [one, two] = [serial(), serial()];
    await add(lotId, 1, { serial: ` ${one.toLowerCase()} `, declaredValue: '120', declaredValueMethod: 'book value', declaredValueProof: 'ledger 2026' }, { quantity: 12, maker: 'Dell' }, { serial: 'N/A' });
    const [first, second, third] = await lines(lotId);
    expect(first).toMatchObject({ position: 1, serial: one, declaredValue: '120', declaredValueMethod: 'book value', declaredValueProof: 'ledger 2026' });
    expect(third).toMatchObject({ serial: null, quantity: 1 });
    await expect(add(lotId, 1, {})).rejects.toMatchObject({ code: 'stale-version' });
    await expect(add(lotId, 2, { serial: two, quantity: 2 }, { imei: '490154203237517' }, { serial: '3,56E+14' }, { serial: two }, { imei: '490154203237518', quantity: 3 })).rejects.toMatchObject({
      code: 'validation',
      fields: [
        { pointer: '/body/lines/0/quantity', code: 'serial-with-quantity' }, { pointer: '/body/lines/1/imei', code: 'imei-invalid' }, { pointer: '/body/lines/2/serial', code: 'serial-spoilt' },
        { pointer: '/body/lines/3/serial', code: 'serial-twice' }, { pointer: '/body/lines/4/quantity', code: 'serial-with-quantity' },
      ],
    });
    const change = (line: TypedLine, lineId = second!.id, version = 2) => dock.as(dock.donor, (tx) => changeLine(tx, { lotId, lineId, line, version }));
    await change({ category: 'monitor', quantity: 3 });
    expect((await lines(lotId))[1]).toMatchObject({ id: second!.id, category: 'monitor', quantity: 3, maker: null });
    await expect(change({ category: 'laptop', serial: one, quantity: 1 }, second!.id, 3)).rejects.toMatchObject({ code: 'serial-in-open-lot' });
    await expect(change({ category: 'laptop', quantity: 1 }, randomUUID(), 3)).rejects.toMatchObject({ code: 'line-unknown' });
    await change({ category: 'desktop', serial: one, quantity: 1 }, first!.id, 3);
    const remove = (lineIds: string[], version: number) => dock.as(dock.donor, (tx) => removeLines(tx, { lotId, lineIds, version }));
    await expect(remove([third!.id, randomUUID()], 4)).rejects.toMatchObject({ code: 'line-unknown' });
    await remove([third!.id], 4);
    expect(await show(lotId)).toMatchObject({ version: 5, declared: 4, awaited: 4 });
  });

  it('is described anew, and what is not given stays', async () => {
    const lotId = await dock.draft([]);
    await dock.as(dock.donor, (tx) => describeLot(tx, { lotId, version: 1, title: 'Twenty laptops', pickupWish: { floor: '3' } }));
    await dock.as(dock.donor, (tx) => describeLot(tx, { lotId, version: 2, earmark: '69' }));
    expect(await show(lotId)).toMatchObject({ version: 3, title: 'Twenty laptops', pickupWish: { floor: '3' }, earmark: '69' });
  });

  it('takes no serial of another open lot of its donor, but one of another donor: a coordinator looks at that', async () => {
    const [mine, theirs] = [serial(), serial()];
    const open = await dock.submitted([{ serial: mine }]);
    const lotId = await dock.draft([]);
    await expect(add(lotId, 1, { serial: mine })).rejects.toMatchObject({ code: 'serial-in-open-lot', params: { serial: mine } });
    await dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId: open, reason: 'twice', version: 3 }));
    await add(lotId, 1, { serial: mine });

    const stranger = await donorIn(dock.db);
    const elsewhere = await dock.submitted([{ serial: theirs }], stranger);
    await add(lotId, 2, { serial: theirs });
    await dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 3 }));
    const [task] = await tasks('serial-in-other-lot', lotId);
    expect(task?.detail).toEqual({ count: 1, serials: [theirs], lots: [elsewhere] });
    expect(await tasks('serial-in-other-lot', elsewhere)).toEqual([]);
    for (let time = 0; time < 2; time++) await dock.as(dock.coordinator, (tx) => endTask(tx, task!.id));
    expect(await tasks('serial-in-other-lot', lotId)).toEqual([]);
    await expect(dock.as(dock.coordinator, (tx) => endTask(tx, randomUUID()))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is changed by an operator only where it goes to their site', async () => {
    const theirs = await dock.draft([]);
    const addAs = (lotId: string) => dock.as(dock.operator, (tx) => addLines(tx, { lotId, version: 1, lines: [{ category: 'laptop', quantity: 1 }] }));
    await expect(addAs(theirs)).rejects.toMatchObject({ code: 'site-not-yours' });
    const gift = await dock.draft([], dock.operator, { donorId: dock.donor.organisationId, siteId: dock.siteId });
    await addAs(gift);
    await expect(dock.as(dock.otherOperator, (tx) => submitLot(tx, { lotId: gift, version: 2 }))).rejects.toMatchObject({ code: 'site-not-yours' });
  });
});

describe('the answer', () => {
  it('is due in two days, is for each line, and names the site', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }, { quantity: 5 }, { category: 'monitor', quantity: 4 }]);
    const submitted = await show(lotId);
    expect(Date.parse(submitted['answerDueAt'] as string) - Date.parse(submitted['submittedAt'] as string)).toBe(2 * 86_400_000);
    const [first, second] = await lines(lotId);
    const accept = (decisions: object[], version = 3) => dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: true, decisions: decisions as never, version }));
    await expect(accept([{ lineId: first!.id, accepted: 11, reason: null }])).rejects.toMatchObject({ code: 'accepted-too-many' });
    await expect(accept([{ lineId: first!.id, accepted: 9, reason: null }])).rejects.toMatchObject({ code: 'decline-reason-missing' });
    await expect(accept([{ lineId: randomUUID(), accepted: 0, reason: 'no' }])).rejects.toMatchObject({ code: 'not-found' });
    await expect(accept((await lines(lotId)).map(({ id }) => ({ lineId: id, accepted: 0, reason: 'no room' })))).rejects.toMatchObject({ code: 'nothing-accepted' });
    await expect(accept([], 2)).rejects.toMatchObject({ code: 'stale-version' });
    await accept([{ lineId: first!.id, accepted: 7, reason: 'broken' }, { lineId: second!.id, accepted: 0, reason: 'too old' }]);
    expect(await show(lotId)).toMatchObject({ state: 'accepted', siteId: dock.siteId, declared: 19, declined: 8, awaited: 11, answerDueAt: null, inventoryDueAt: null, brought: true });
    await expect(accept([], 4)).rejects.toMatchObject({ code: 'lot-state' });
    await expect(add(lotId, 4, {})).rejects.toMatchObject({ code: 'lot-state' });
  });

  it('may be no, with a reason; then nothing is awaited', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }]);
    await dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId, reason: 'no room', version: 3 }));
    expect(await show(lotId)).toMatchObject({ state: 'declined', declineReason: 'no room', declared: 10, declined: 10, awaited: 0, answerDueAt: null });
  });

  it('is not asked for a gift at a site: it is accepted at once, even without a line', async () => {
    const lotId = await dock.draft([], dock.operator, { donorId: dock.donor.organisationId, siteId: dock.siteId });
    await dock.as(dock.operator, (tx) => submitLot(tx, { lotId, version: 1 }));
    expect(await dock.told(lotId)).toEqual(['lot-opened', 'lot-submitted', 'lot-accepted']);
    const receptionId = await dock.session(lotId);
    expect(await dock.scan(receptionId, { category: 'laptop' })).toMatchObject({ matched: 'unexpected' });
    expect(await show(lotId)).toMatchObject({ state: 'receiving', declared: 0, unexpected: 1 });
  });

  it('that is late becomes one task, and is none any more once it is given', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }]);
    const sweep = () => dock.db.worker((tx) => answerOverdue.run(tx));
    await sweep();
    expect(await tasks('answer-overdue', lotId)).toEqual([]);
    await dock.db.sql(`update lot set answer_due_at = now() - interval '1 minute' where id = $1`, [lotId]);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    expect(await tasks('answer-overdue', lotId)).toHaveLength(1);
    await dock.accept(lotId);
    expect(await tasks('answer-overdue', lotId)).toEqual([]);
    expect(await sweep()).toBe(0);
  });

  it('is asked for something: an empty lot is not submitted, one of accessories is', async () => {
    const lotId = await dock.draft([]);
    await expect(dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 1 }))).rejects.toMatchObject({ code: 'lot-empty' });
    await add(lotId, 1, { category: 'accessory', quantity: 40 });
    await dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 2 }));
    expect(await show(lotId)).toMatchObject({ state: 'submitted', declared: 0 });
  });
});

it('the site suggested first is the nearest with room for the lot', async () => {
  const place = await Dock.open();
  const lotId = await place.submitted([{ quantity: 300 }]);
  const suggest = () => place.as(place.coordinator, (tx) => suggestSites(tx, lotId));
  expect(await suggest()).toEqual([{ siteId: place.siteId, kilometres: expect.any(Number), capacityLeft: 500 }, { siteId: place.otherSiteId, kilometres: expect.any(Number), capacityLeft: 500 }]);
  const other = await place.submitted([{ quantity: 250 }]);
  await place.accept(other);
  expect((await suggest()).map(({ siteId, capacityLeft }) => [siteId, capacityLeft])).toEqual([[place.otherSiteId, 500], [place.siteId, 250]]);
  await place.db.sql('update site set open = false where id = $1', [place.otherSiteId]);
  expect((await suggest()).map(({ siteId }) => siteId)).toEqual([place.siteId]);
  await place.finish();
});

describe('pick-ups', () => {
  const schedule = (lotId: string, siteId = dock.siteId) =>
    dock.as(dock.coordinator, (tx) => schedulePickup(tx, { lotId, siteId, plannedOn: '2026-12-01', pallets: 2, boxes: 0, seals: ['A1'] }));
  const end = (pickupId: string, done: boolean, who = dock.operator, version = 1) => dock.as(who, (tx) => endPickup(tx, { pickupId, done, reason: done ? null : 'nobody there', version }));
  const acceptedForPickup = async (quantity: number) => {
    const lotId = await dock.submitted([{ quantity }]);
    await dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: false, decisions: [], version: 3 }));
    return lotId;
  };

  it('are free from fifteen computers on; below, the donor brings them', async () => {
    await expect(acceptedForPickup(14)).rejects.toMatchObject({ code: 'pickup-too-small', params: { least: 15 } });
    expect(await dock.state(await acceptedForPickup(15))).toBe('accepted');
  });

  it('go to several sites, fail and are done; from the first done one the inventory is due', async () => {
    const lotId = await acceptedForPickup(30);
    const [one, two, three] = [await schedule(lotId), await schedule(lotId), await schedule(lotId, dock.otherSiteId)];
    await expect(end(three, true)).rejects.toMatchObject({ code: 'site-not-yours' });
    await end(one, false);
    expect(await show(lotId)).toMatchObject({ version: 4, collectedAt: null, inventoryDueAt: null });
    await end(two, true);
    const collected = await show(lotId);
    expect(Date.parse(collected['inventoryDueAt'] as string) - Date.parse(collected['collectedAt'] as string)).toBe(15 * 86_400_000);
    await end(three, true, dock.otherOperator);
    expect(await show(lotId)).toMatchObject({ version: 5, inventoryDueAt: collected['inventoryDueAt'] });
    await expect(end(two, true, dock.operator, 2)).rejects.toMatchObject({ code: 'pickup-ended' });
    await expect(end(two, true)).rejects.toMatchObject({ code: 'stale-version' });
    expect(await dock.as(dock.donor, (tx) => listPickups(tx, lotId))).toMatchObject([{ state: 'failed', reason: 'nobody there' }, { state: 'done' }, { state: 'done', siteId: dock.otherSiteId }]);
    expect(await dock.told(one)).toEqual(['pickup-scheduled', 'pickup-failed']);
  });

  it('of a cancelled lot are not made', async () => {
    const lotId = await acceptedForPickup(20);
    const pickupId = await schedule(lotId);
    await dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 4 }));
    expect(await dock.as(dock.donor, (tx) => showPickup(tx, pickupId))).toMatchObject({ state: 'failed', reason: 'cancelled', version: 2 });
    expect(await show(lotId)).toMatchObject({ state: 'cancelled', declined: 20, awaited: 0 });
    await expect(schedule(lotId)).rejects.toMatchObject({ code: 'lot-state' });
  });

  it('are not needed for what the donor brings: its inventory is due from when it is there, and late is a task', async () => {
    const { lotId, receptionId } = await dock.receiving([{ quantity: 1 }]);
    const there = await show(lotId);
    expect(Date.parse(there['inventoryDueAt'] as string) - Date.parse(there['collectedAt'] as string)).toBe(15 * 86_400_000);
    await dock.db.sql(`update lot set inventory_due_at = now() - interval '1 minute' where id = $1`, [lotId]);
    expect(await dock.db.worker((tx) => inventoryOverdue.run(tx))).toBe(1);
    expect(await tasks('inventory-overdue', lotId)).toHaveLength(1);
    await dock.close(receptionId);
    await dock.end(lotId);
    expect(await tasks('inventory-overdue', lotId)).toEqual([]);
  });
});

it('a lot is cancelled until it is received, not after', async () => {
  const { lotId } = await dock.receiving([{ quantity: 1 }]);
  await expect(dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 5 }))).rejects.toMatchObject({ code: 'lot-state' });
  const early = await dock.submitted([{ quantity: 1 }]);
  await dock.as(dock.coordinator, (tx) => cancelLot(tx, { lotId: early, version: 3 }));
  expect(await dock.state(early)).toBe('cancelled');
});

it('two who decide at once: one of them, and the other is told that it is stale', async () => {
  const lotId = await dock.submitted([{ quantity: 1 }]);
  const results = await Promise.allSettled([
    dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: true, decisions: [], version: 3 })),
    dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId, reason: 'no room', version: 3 })),
    dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 3 })),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'stale-version' });
});

it('a donor sees and changes nothing of another', async () => {
  const { lotId, receptionId } = await dock.receiving([{ serial: serial() }]);
  await dock.scan(receptionId, { category: 'monitor' });
  await dock.as(dock.coordinator, (tx) => schedulePickup(tx, { lotId, siteId: dock.siteId, plannedOn: '2026-12-01', pallets: 1, boxes: 0, seals: [] }));
  const stranger = await donorIn(dock.db);
  for (const table of ['lot', 'lot_line', 'device', 'pickup', 'reception']) {
    expect({ table, seen: await dock.as(stranger, (tx) => tx.dynamic(`select 1 from ${table}`)) }).toEqual({ table, seen: [] });
    expect({ table, seen: (await dock.as(dock.donor, (tx) => tx.dynamic(`select 1 from ${table}`))).length > 0 }).toEqual({ table, seen: true });
  }
  const notFound = { code: 'not-found' };
  await expect(show(lotId, stranger)).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => cancelLot(tx, { lotId, version: 5 }))).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => addLines(tx, { lotId, version: 5, lines: [{ category: 'laptop', quantity: 1 }] }))).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => listDevices(tx, lotId, { limit: 5 }))).rejects.toMatchObject(notFound);
  const own = await dock.submitted([{ quantity: 1 }], stranger);
  const page = await dock.as(stranger, (tx) => listLots(tx, { limit: 1 }));
  expect(page).toEqual({ items: [expect.objectContaining({ id: own })], next: null });
});
