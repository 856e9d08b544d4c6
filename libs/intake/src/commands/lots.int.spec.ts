import { randomUUID } from 'node:crypto';
import { listDevices, listLots } from '../queries/lots.js';
import { suggestSites } from '../queries/suggest-sites.js';
import { answerOverdue } from '../sweeps/deadlines.js';
import { between, Dock, donorIn, newSerial, refusals } from '../testing/dock.js';
import { acceptLot, cancelLot, declineLot, submitLot } from './advance-lot.js';
import { schedulePickup } from './change-pickup.js';
import { addLines } from './edit-lines.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

describe('the answer', () => {
  it('is due in two days, is for each line, and names the site', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }, { quantity: 5 }, { category: 'monitor', quantity: 4 }]);
    const submitted = await dock.show(lotId);
    expect(between(submitted, 'submittedAt', 'answerDueAt')).toBe(2 * 86_400_000);
    const [first, second] = await dock.lines(lotId);
    const accept = (decisions: object[], version = 3) => dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: true, decisions: decisions as never, version }));
    await expect(accept([{ lineId: first!.id, accepted: 11, reason: null }])).rejects.toMatchObject({ code: 'accepted-too-many' });
    await expect(accept([{ lineId: first!.id, accepted: 9, reason: null }])).rejects.toMatchObject({ code: 'decline-reason-missing' });
    await expect(accept([{ lineId: randomUUID(), accepted: 0, reason: 'no' }])).rejects.toMatchObject({ code: 'line-unknown' });
    await expect(accept((await dock.lines(lotId)).map(({ id }) => ({ lineId: id, accepted: 0, reason: 'no room' })))).rejects.toMatchObject({ code: 'nothing-accepted' });
    await expect(accept([], 2)).rejects.toMatchObject({ code: 'stale-version' });
    await accept([{ lineId: first!.id, accepted: 7, reason: 'broken' }, { lineId: second!.id, accepted: 0, reason: 'too old' }]);
    expect(await dock.show(lotId)).toMatchObject({ state: 'accepted', siteId: dock.siteId, declared: 19, declined: 8, awaited: 11, answerDueAt: null, inventoryDueAt: null, brought: true });
    await expect(accept([], 4)).rejects.toMatchObject({ code: 'lot-state' });
    await expect(dock.add(lotId, 4, {})).rejects.toMatchObject({ code: 'lot-state' });
  });

  it('may be no, with a reason; then nothing is awaited', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }]);
    await dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId, reason: 'no room', version: 3 }));
    expect(await dock.show(lotId)).toMatchObject({ state: 'declined', declineReason: 'no room', declared: 10, declined: 10, awaited: 0, answerDueAt: null });
    expect(await dock.lines(lotId)).toMatchObject([{ declined: 10, declineReason: 'no room', missing: 0 }]);
  });

  it('is not asked for a gift at a site: it is accepted at once, even without a line', async () => {
    const lotId = await dock.draft([], dock.operator, { donorId: dock.donor.organisationId, siteId: dock.siteId });
    await dock.as(dock.operator, (tx) => submitLot(tx, { lotId, version: 1 }));
    expect(await dock.told(lotId)).toEqual(['lot-opened', 'lot-submitted', 'lot-accepted']);
    const receptionId = await dock.session(lotId);
    expect(await dock.scan(receptionId, { category: 'laptop' })).toMatchObject({ matched: 'unexpected' });
    expect(await dock.show(lotId)).toMatchObject({ state: 'receiving', declared: 0, unexpected: 1 });
  });

  it('that is late becomes one task, and is none any more once it is given', async () => {
    const lotId = await dock.submitted([{ quantity: 10 }]);
    const sweep = () => dock.db.worker((tx) => answerOverdue.run(tx));
    await sweep();
    expect(await dock.tasks('answer-overdue', lotId)).toEqual([]);
    await dock.db.sql(`update lot set answer_due_at = now() - interval '1 minute' where id = $1`, [lotId]);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    expect(await dock.tasks('answer-overdue', lotId)).toHaveLength(1);
    await dock.accept(lotId);
    expect(await dock.tasks('answer-overdue', lotId)).toEqual([]);
    expect(await sweep()).toBe(0);
  });

  it('is asked for something: an empty lot is not submitted, one of accessories is', async () => {
    const lotId = await dock.draft([]);
    await expect(dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 1 }))).rejects.toMatchObject({ code: 'lot-empty' });
    await dock.add(lotId, 1, { category: 'accessory', quantity: 40 });
    await dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 2 }));
    expect(await dock.show(lotId)).toMatchObject({ state: 'submitted', declared: 0 });
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

it('a lot is cancelled until it is received, not after', async () => {
  const { lotId } = await dock.receiving([{ quantity: 1 }]);
  await expect(dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 5 }))).rejects.toMatchObject({ code: 'lot-state' });
  const early = await dock.submitted([{ quantity: 1 }]);
  await dock.as(dock.coordinator, (tx) => cancelLot(tx, { lotId: early, version: 3 }));
  expect(await dock.show(early)).toMatchObject({ state: 'cancelled', declared: 1, declined: 1, awaited: 0 });
  expect(await dock.lines(early)).toMatchObject([{ declined: 1, declineReason: 'cancelled' }]);
});

it('however many lines a lot has, none is written when it ends', async () => {
  const written = async (lotId: string) => (await dock.db.sql<{ xmin: string }>('select xmin from lot_line where lot_id = $1 order by position', [lotId])).map(({ xmin }) => xmin);
  const ends: ((lotId: string) => Promise<unknown>)[] = [
    (lotId) => dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId, reason: 'no room', version: 3 })),
    (lotId) => dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 3 })),
    async (lotId) => {
      await dock.accept(lotId);
      await dock.close(await dock.session(lotId));
      await dock.end(lotId);
    },
  ];
  for (const end of ends) {
    const lotId = await dock.submitted([{}, {}, { quantity: 3 }]);
    const before = await written(lotId);
    await end(lotId);
    expect(await written(lotId)).toEqual(before);
    const sums = await dock.sums(lotId);
    expect({ declined: sums.declined + sums.missing, awaited: sums.awaited }).toEqual({ declined: 5, awaited: 0 });
    expect(await dock.show(lotId)).toMatchObject({ ...sums });
  }
});

it('two who decide at once: one of them, and the other is told that it is stale', async () => {
  const lotId = await dock.submitted([{ quantity: 1 }]);
  const results = await Promise.allSettled([
    dock.as(dock.coordinator, (tx) => acceptLot(tx, { lotId, siteId: dock.siteId, brought: true, decisions: [], version: 3 })),
    dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId, reason: 'no room', version: 3 })),
    dock.as(dock.donor, (tx) => cancelLot(tx, { lotId, version: 3 })),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(refusals(results)).toEqual(['stale-version', 'stale-version']);
});

it('a donor sees and changes nothing of another', async () => {
  const { lotId, receptionId } = await dock.receiving([{ serial: newSerial() }]);
  await dock.scan(receptionId, { category: 'monitor' });
  await dock.as(dock.coordinator, (tx) => schedulePickup(tx, { lotId, siteId: dock.siteId, plannedOn: '2026-12-01', pallets: 1, boxes: 0, seals: [] }));
  const stranger = await donorIn(dock.db);
  for (const table of ['lot', 'lot_line', 'device', 'pickup', 'reception']) {
    expect({ table, seen: await dock.as(stranger, (tx) => tx.dynamic(`select 1 from ${table}`)) }).toEqual({ table, seen: [] });
    expect({ table, seen: (await dock.as(dock.donor, (tx) => tx.dynamic(`select 1 from ${table}`))).length > 0 }).toEqual({ table, seen: true });
  }
  const notFound = { code: 'not-found' };
  await expect(dock.show(lotId, stranger)).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => cancelLot(tx, { lotId, version: 5 }))).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => addLines(tx, { lotId, version: 5, lines: [{ category: 'laptop', quantity: 1 }] }))).rejects.toMatchObject(notFound);
  await expect(dock.as(stranger, (tx) => listDevices(tx, lotId, { limit: 5 }))).rejects.toMatchObject(notFound);
  const own = await dock.submitted([{ quantity: 1 }], stranger);
  const page = await dock.as(stranger, (tx) => listLots(tx, { limit: 1 }));
  expect(page).toEqual({ items: [expect.objectContaining({ id: own })], next: null });
});
