import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '@lacollecte/testing';
import * as e from '../testing/events.js';
import { announced, counts, itemRow, lastData, nothingBroken, reservationRow, stockDatabase } from '../testing/stock.js';

type Content = [{ itemId: string; reservationId: string }];

describe('parcels', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await stockDatabase();
  });
  afterEach(() => nothingBroken(db));
  afterAll(() => db.close());

  /** A committed reservation of this many items, named as parcels name them. */
  async function committed(n: number, spare = 0, of: Partial<e.Cell> = {}) {
    const cell = e.newCell(of);
    const ids = Array.from({ length: n }, () => randomUUID());
    const reservationId = randomUUID();
    await e.deliver(db, ...ids.map((id) => e.ready(id, cell)));
    await e.deliver(db, e.proposed(reservationId, cell, n), e.pickingRequested(reservationId));
    const spares = Array.from({ length: spare }, () => randomUUID());
    await e.deliver(db, ...spares.map((id) => e.ready(id, cell)));
    return { cell, ids, reservationId, spares, content: ids.map((itemId) => ({ itemId, reservationId })) };
  }
  const states = async (ids: string[]) => {
    const found: (string | undefined)[] = [];
    for (const id of ids) found.push((await itemRow(db, id))?.state);
    return found;
  };

  test('sealed, opened again, sealed and handed over part by part', async () => {
    const { cell, ids, reservationId, content } = await committed(2);
    await e.deliver(db, e.sealed(content));
    expect(await counts(db, cell)).toBe('0/0/2');
    await e.deliver(db, e.reopened(content));
    expect(await counts(db, cell)).toBe('0/2/0');
    await e.deliver(db, e.sealed(content), e.handedOver(content.slice(0, 1)));
    expect(await counts(db, cell)).toBe('0/0/1');
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'committed', issued: 1, holds: ids.slice(1) });
    await e.deliver(db, e.handedOver(content.slice(1)));
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'consumed', issued: 2, holds: [] });
    expect(await states(ids)).toEqual(['issued', 'issued']);
    expect(await counts(db, cell)).toBe('0/0/0');
    expect(await announced(db, reservationId)).toEqual(['reservation-held', 'reservation-committed', 'reservation-reduced', 'reservation-consumed']);
  });

  test('that name another reservation than the item’s own change nothing', async () => {
    const { ids, cell } = await committed(1);
    const other = await committed(1);
    const wrong = [{ itemId: ids[0] ?? '', reservationId: other.reservationId }];
    const freed = e.freed({ reservationId: other.reservationId, quantity: 1, items: [{ itemId: ids[0] ?? '', bin: null }] });
    await e.deliver(db, e.sealed(wrong), e.handedOver(wrong), e.cameBack(wrong, true), freed);
    expect(await states(ids)).toEqual(['reserved']);
    expect(await counts(db, cell)).toBe('0/1/0');
  });

  test('of a reservation that is only held are not picked', async () => {
    const cell = e.newCell();
    const [itemId, reservationId] = [randomUUID(), randomUUID()];
    await e.deliver(db, e.ready(itemId, cell), e.proposed(reservationId, cell, 1), e.sealed([{ itemId, reservationId }]));
    expect(await states([itemId])).toEqual(['reserved']);
  });

  test('back with the seal unbroken are stock again, else go to the workshop', async () => {
    for (const [sealIntact, state, last] of [[true, 'in-stock', 'item-stocked'], [false, 'quarantined', 'item-sent-back']] as const) {
      const { cell, ids, content } = await committed(1);
      await e.deliver(db, e.sealed(content), e.handedOver(content));
      await e.deliver(db, e.cameBack(content, sealIntact));
      expect(await states(ids)).toEqual([state]);
      expect((await announced(db, ids[0] ?? '')).at(-1)).toBe(last);
      expect(await counts(db, cell)).toBe(sealIntact ? '1/0/0' : '0/0/0');
    }
  });

  test.each([
    ['handed over', (content: Content) => e.handedOver(content), 'item-issued'],
    ['lost at delivery', ([{ itemId, reservationId }]: Content) => e.deviceLost(itemId, reservationId), 'item-written-off'],
    ['back under a broken seal', (content: Content) => e.cameBack(content, false), 'item-sent-back'],
  ] as const)('of which a device was ready anew before we heard that it was %s: it is stock again then', async (_, told, then) => {
    const { cell, ids: [itemId = ''], reservationId, content } = await committed(1);
    await e.deliver(db, e.sealed(content), e.ready(itemId, cell, 50));
    expect(await states([itemId])).toEqual(['picked']);
    await e.deliver(db, told(content as Content));
    expect(await itemRow(db, itemId)).toMatchObject({ state: 'in-stock', ready_version: 50, next: null });
    expect((await announced(db, itemId)).slice(-2)).toEqual([then, 'item-stocked']);
    expect(await counts(db, cell)).toBe('1/0/0');
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'consumed', holds: [] });
    await e.deliver(db, e.handedOver(content));
    expect(await states([itemId])).toEqual(['in-stock']);
  });

  test('of which a device was recalled after it was ready anew go to the workshop, and are not stock again', async () => {
    const { cell, ids: [itemId = ''], content } = await committed(1);
    await e.deliver(db, e.sealed(content), e.ready(itemId, cell, 50), e.recalled(itemId, 60), e.handedOver(content));
    expect(await itemRow(db, itemId)).toMatchObject({ state: 'quarantined', quarantine: 'recalled', next: null });
    expect((await lastData(db, itemId))['evidenceAt']).toBe((await itemRow(db, itemId))!.evidence_at.toISOString());
  });

  test('back with the seal unbroken but recalled meanwhile go to the workshop', async () => {
    const { ids, content } = await committed(1);
    await e.deliver(db, e.sealed(content), e.handedOver(content));
    await e.deliver(db, e.recalled(ids[0] ?? '', 20));
    expect(await states(ids)).toEqual(['issued']);
    await e.deliver(db, e.cameBack(content, true));
    expect(await itemRow(db, ids[0] ?? '')).toMatchObject({ state: 'quarantined', quarantine: 'recalled' });
  });

  test('a device returned or lost, heard of before the hand-over of its parcel, is out of stock once', async () => {
    for (const [told, state] of [[e.returnReceived, 'quarantined'], [e.deviceLost, 'written-off']] as const) {
      const { cell, ids, reservationId, content } = await committed(1);
      await e.deliver(db, e.sealed(content));
      await e.deliver(db, told(ids[0] ?? '', reservationId));
      await e.deliver(db, e.handedOver(content));
      expect(await states(ids)).toEqual([state]);
      expect((await reservationRow(db, reservationId))?.state).toBe('consumed');
      expect(await counts(db, cell)).toBe('0/0/0');
    }
  });

  test('a return heard of after the device is ready again does not take it out of stock', async () => {
    const { cell, ids, reservationId, content } = await committed(1);
    const [id = ''] = ids;
    await e.deliver(db, e.sealed(content), e.handedOver(content), e.ready(id, cell, 30));
    await e.deliver(db, e.returnReceived(id, reservationId));
    expect(await states(ids)).toEqual(['in-stock']);
  });

  test('what dispatch gives back is free, in the bin where it lies now', async () => {
    const { cell, ids, reservationId } = await committed(2);
    const [first = '', second = ''] = ids;
    await e.deliver(db, e.freed({ reservationId, quantity: 1, items: [{ itemId: first, bin: 'A-01' }] }));
    expect(await itemRow(db, first)).toMatchObject({ state: 'in-stock', bin: 'A-01' });
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'committed', holds: [second] });
    await e.deliver(db, e.freed({ reservationId, quantity: 0, items: [] }));
    expect((await reservationRow(db, reservationId))?.holds).toEqual([second]);
    await e.deliver(db, e.freed({ reservationId, quantity: 1 }));
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'released', holds: [] });
    expect(await counts(db, cell)).toBe('2/0/0');
  });

  test('a missing device is set aside and replaced by one of the same cell, else of the nearest better grade, else by none', async () => {
    const { cell, ids, reservationId, spares } = await committed(1, 1);
    const [premium, better] = [randomUUID(), randomUUID()];
    await e.deliver(db, e.ready(randomUUID(), { ...cell, grade: 'C' }), e.ready(premium, { ...cell, grade: 'PREMIUM' }), e.ready(better, { ...cell, grade: 'A' }));
    const expected = [[spares[0], 'B'], [better, 'A'], [premium, 'PREMIUM'], [null, null]] as const;
    let missing = ids[0] ?? '';
    for (const [replacementItemId, replacementGrade] of expected) {
      await e.deliver(db, e.substitutionRequested(reservationId, missing));
      expect(await lastData(db, reservationId)).toMatchObject({ state: 'committed', missingItemId: missing, replacementItemId, replacementGrade });
      expect(await itemRow(db, missing)).toMatchObject({ state: 'quarantined', quarantine: 'missing' });
      missing = replacementItemId ?? missing;
    }
    await e.deliver(db, e.substitutionRequested(reservationId, missing));
    expect(await lastData(db, reservationId)).toMatchObject({ replacementItemId: null });
    await e.deliver(db, e.freed({ reservationId, quantity: 1, items: [] }));
    expect((await reservationRow(db, reservationId))?.state).toBe('released');
  });

  test('a recalled device is replaced once', async () => {
    const { ids, reservationId, spares } = await committed(1, 2);
    const [id = ''] = ids;
    await e.deliver(db, e.recalled(id, 20));
    await e.deliver(db, e.substitutionRequested(reservationId, id));
    expect(await lastData(db, reservationId)).toMatchObject({ replacementItemId: expect.any(String) });
    await e.deliver(db, e.substitutionRequested(reservationId, id));
    expect(await lastData(db, reservationId)).toMatchObject({ replacementItemId: null });
    expect((await reservationRow(db, reservationId))?.holds).toHaveLength(1);
    expect((await states(spares)).sort()).toEqual(['in-stock', 'reserved']);
  });

  test('no replacement is given to what is void or unknown', async () => {
    const { cell, ids, reservationId } = await committed(1, 1);
    await e.deliver(db, e.freed({ reservationId, quantity: 1 }));
    const unknown = randomUUID();
    for (const id of [reservationId, unknown]) {
      await e.deliver(db, e.substitutionRequested(id, ids[0] ?? ''));
      expect(await lastData(db, id)).toMatchObject({ state: 'released', replacementItemId: null, itemIds: [] });
    }
    expect(await counts(db, cell)).toBe('2/0/0');
  });

  test('what is told twice has its effect once', async () => {
    const { cell, ids, reservationId, content } = await committed(2, 1);
    const [first = '', second = ''] = ids;
    const steps = [
      e.sealed(content), e.reopened(content), e.sealed(content), e.handedOver(content.slice(0, 1)), e.cameBack(content.slice(0, 1), true),
      e.handedOver(content.slice(1)), e.returnReceived(second, reservationId), e.deviceLost(second, reservationId), e.freed({ reservationId, quantity: 2 }),
    ];
    for (const step of steps) {
      await e.deliver(db, step);
      const before = [await announced(db, first), await announced(db, second), await announced(db, reservationId)];
      await e.deliver(db, step);
      expect([await announced(db, first), await announced(db, second), await announced(db, reservationId)]).toEqual(before);
    }
    expect(await counts(db, cell)).toBe('2/0/0');
  });
});
