import { randomUUID } from 'node:crypto';
import type { Tx } from '@lacollecte/database';
import { applyEvents } from '@lacollecte/messaging';
import { actor, eventually, type TestDatabase } from '@lacollecte/testing';
import { cellId, lockGate } from '../persistence/cell.repository.js';
import * as e from '../testing/events.js';
import { announced, counts, itemRow, lastData, nothingBroken, reservationRow, stockDatabase } from '../testing/stock.js';
import { expireReservations, releaseReservation } from './release-reservation.js';

describe('reservations', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await stockDatabase();
  });
  afterEach(() => nothingBroken(db));
  afterAll(() => db.close());

  /** This many items in a cell of their own, the oldest stock first. */
  async function stock(n: number, of: Partial<e.Cell> = {}) {
    const cell = e.newCell(of);
    const ids = Array.from({ length: n }, () => randomUUID());
    await e.deliver(db, ...ids.map((id) => e.ready(id, cell)));
    await db.sql(`update stock_item set stocked_at = now() - interval '1 day' + array_position($1::uuid[], id) * interval '1 minute' where id = any($1)`, [ids]);
    return { cell, ids };
  }
  async function held(n: number, asked = n) {
    const { cell, ids } = await stock(n);
    const id = randomUUID();
    await e.deliver(db, e.proposed(id, cell, asked));
    return { cell, ids, id };
  }

  test('hold the oldest items, as many as there are, and say the shortfall', async () => {
    const { cell, ids, id } = await held(2, 3);
    expect(await lastData(db, id)).toMatchObject({ state: 'held', asked: 3, itemIds: ids, shortfall: 1 });
    expect(await counts(db, cell)).toBe('0/2/0');
    const more = await stock(3);
    const one = randomUUID();
    await e.deliver(db, e.proposed(one, more.cell, 1));
    expect((await reservationRow(db, one))?.holds).toEqual([more.ids[0]]);
  });

  test('are held for the days that operations have set', async () => {
    await db.sql(`insert into setting (name, value, updated_by) values ('holdDays', '3', 'ops')`);
    const { id } = await held(1);
    const [row] = await db.sql<{ days: number }>(`select round(extract(epoch from expires_at - created_at) / 86400)::int as days from reservation where id = $1`, [id]);
    expect(row?.days).toBe(3);
    await db.sql('delete from setting');
  });

  test('are refused where nothing is free, also of a cell that never was', async () => {
    for (const cell of [(await held(1)).cell, e.newCell()]) {
      const id = randomUUID();
      await e.deliver(db, e.proposed(id, cell, 1));
      expect(await announced(db, id)).toEqual(['reservation-refused']);
    }
  });

  test('take only what matches site, category, grade and earmark', async () => {
    const { cell } = await stock(1, { earmark: '84' });
    for (const other of [{ ...cell, earmark: null }, { ...cell, earmark: '11' }, { ...cell, grade: 'A' as const }, { ...cell, category: 'monitor' as const }]) {
      const id = randomUUID();
      await e.deliver(db, e.proposed(id, other, 1));
      expect((await reservationRow(db, id))?.state).toBe('refused');
    }
    expect(await counts(db, cell)).toBe('1/0/0');
  });

  test('of fifty proposals at once for the last item exactly one holds it', async () => {
    const { cell, ids } = await stock(1);
    const allocations = Array.from({ length: 50 }, () => randomUUID());
    await Promise.all(allocations.map((id) => e.deliver(db, e.proposed(id, cell, 1))));
    const states: (string | undefined)[] = [];
    for (const id of allocations) states.push((await reservationRow(db, id))?.state);
    expect(states.filter((state) => state === 'held')).toHaveLength(1);
    expect(states.filter((state) => state === 'refused')).toHaveLength(49);
    expect(await itemRow(db, ids[0] ?? '')).toMatchObject({ state: 'reserved', reservation_id: allocations[states.indexOf('held')] });
  });

  /** Proposes while `holder` has its locks, and once the proposal waits for them lets it end as it will. */
  async function proposedMeanwhile(cell: e.Cell, holder: (tx: Tx) => Promise<void>): Promise<string> {
    const id = randomUUID();
    let proposal: Promise<void> | undefined;
    const held = db.worker(async (tx) => {
      await holder(tx);
      proposal = e.deliver(db, e.proposed(id, cell, 1));
      await eventually(
        async () => expect(await db.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toHaveLength(1),
        { what: 'the proposal waits' },
      );
    });
    await held.catch(() => undefined);
    await proposal;
    return (await reservationRow(db, id))?.state ?? 'none';
  }

  test('do not say 0 free because of a holder that then gives up', async () => {
    const { cell, ids } = await stock(1);
    const held = await proposedMeanwhile(cell, async (tx) => {
      await tx.query('select from stock_item where id = $1 for update', [ids[0]]);
    });
    expect(held).toBe('held');
  });

  test('wait for who chooses in the same cell, and see what is free after that', async () => {
    const { cell } = await held(1);
    const after = await proposedMeanwhile(cell, async (tx) => {
      await lockGate(tx, cellId(cell));
      await applyEvents(tx, [e.ready(randomUUID(), cell)], e.handlers);
    });
    expect(after).toBe('held');
  });

  test('expire, are committed or are released: exactly one of these wins', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 15; round++) {
      const { cell, id } = await held(1);
      await db.sql(`update reservation set expires_at = now() - interval '1 second' where id = $1`, [id]);
      const rivals = [
        () => db.worker((tx) => expireReservations(tx)),
        () => e.deliver(db, e.pickingRequested(id)),
        () => e.deliver(db, e.withdrawn(id, cell, 1)),
      ];
      await Promise.all([...rivals.slice(round % 3), ...rivals.slice(0, round % 3)].map((rival) => rival()));
      const ends = (await announced(db, id)).filter((name) => ['reservation-expired', 'reservation-committed', 'reservation-released'].includes(name));
      expect(ends).toHaveLength(1);
      const row = await reservationRow(db, id);
      expect(`reservation-${row?.state}`).toBe(ends[0]);
      expect(await counts(db, cell)).toBe(row?.state === 'committed' ? '0/1/0' : '1/0/0');
      outcomes.add(ends[0] ?? '');
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });

  test('that were committed never expire and are not released by matching', async () => {
    const { cell, id } = await held(1);
    await e.deliver(db, e.pickingRequested(id));
    expect(await lastData(db, id)).toMatchObject({ state: 'committed', bins: ['RECEPTION'], expiresAt: null });
    await e.deliver(db, e.withdrawn(id, cell, 1));
    expect((await reservationRow(db, id))?.state).toBe('committed');
    expect(await db.worker((tx) => expireReservations(tx))).toBe(0);
  });

  test('expire in the sweep, and are then free and refuse to be picked', async () => {
    const { cell, id } = await held(2);
    await db.sql(`update reservation set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect(await db.worker((tx) => expireReservations(tx))).toBe(1);
    expect(await counts(db, cell)).toBe('2/0/0');
    await e.deliver(db, e.pickingRequested(id));
    expect(await announced(db, id)).toEqual(['reservation-held', 'reservation-expired', 'reservation-commit-refused']);
  });

  test.each([['withdrawn', e.withdrawn], ['refused', e.refused]] as const)('proposed after they were %s are refused, and hold nothing', async (_, gone) => {
    const { cell } = await stock(1);
    const id = randomUUID();
    await e.deliver(db, gone(id, cell, 1));
    await e.deliver(db, e.proposed(id, cell, 1));
    expect(await announced(db, id)).toEqual(['reservation-released', 'reservation-refused']);
    expect(await lastData(db, id)).toMatchObject({ state: 'released', itemIds: [] });
    expect(await counts(db, cell)).toBe('1/0/0');
  });

  test('proposed and withdrawn at the same moment hold nothing in the end', async () => {
    for (let round = 0; round < 10; round++) {
      const { cell } = await stock(1);
      const id = randomUUID();
      await Promise.all([e.deliver(db, e.withdrawn(id, cell, 1)), e.deliver(db, e.proposed(id, cell, 1))]);
      expect((await reservationRow(db, id))?.state).toBe('released');
      expect(await counts(db, cell)).toBe('1/0/0');
    }
  });

  test('that nobody proposed refuse to be picked, and their late proposal is refused', async () => {
    const { cell } = await stock(1);
    const id = randomUUID();
    await e.deliver(db, e.pickingRequested(id));
    await e.deliver(db, e.proposed(id, cell, 1));
    expect(await announced(db, id)).toEqual(['reservation-commit-refused', 'reservation-refused']);
    expect(await counts(db, cell)).toBe('1/0/0');
  });

  test('let go of what is above a smaller allocation, the newest stock first', async () => {
    const { cell, ids, id } = await held(3);
    await e.deliver(db, e.reduced(id, cell, 1));
    expect((await reservationRow(db, id))?.holds).toEqual([ids[0]]);
    expect(await counts(db, cell)).toBe('2/1/0');
    await e.deliver(db, e.reduced(id, cell, 0));
    expect(await reservationRow(db, id)).toMatchObject({ state: 'released', holds: [] });
    await e.deliver(db, e.reduced(randomUUID(), cell, 0));
  });

  test('are untouched by what is told twice', async () => {
    const { cell, id } = await held(1);
    const steps = [e.proposed(id, cell, 1), e.withdrawn(id, cell, 1), e.withdrawn(id, cell, 1), e.reduced(id, cell, 0), e.freed({ reservationId: id, quantity: 1 })];
    for (const step of steps) {
      await e.deliver(db, step);
      await e.deliver(db, step);
    }
    expect(await announced(db, id)).toEqual(['reservation-held', 'reservation-released']);
    expect(await counts(db, cell)).toBe('1/0/0');
  });

  test('are released by a coordinator while held; released is answered as done; committed is not', async () => {
    const who = actor('coordinator');
    const first = await held(1);
    const release = (reservationId: string, version: number) => db.as(who, (tx) => releaseReservation(tx, { reservationId, version }));
    await expect(release(first.id, 7)).rejects.toMatchObject({ code: 'stale-version' });
    await release(first.id, 1);
    await release(first.id, 1);
    expect(await announced(db, first.id)).toEqual(['reservation-held', 'reservation-released']);
    const second = await held(1);
    await e.deliver(db, e.pickingRequested(second.id));
    await expect(release(second.id, 2)).rejects.toMatchObject({ code: 'reservation-not-held' });
    await expect(release(randomUUID(), 1)).rejects.toMatchObject({ code: 'reservation-not-found' });
  });

  test('of one batch that contend for two cells neither deadlock nor promise twice', async () => {
    const [a, b] = [await stock(4), await stock(4)];
    const allocations = Array.from({ length: 24 }, () => randomUUID());
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const ids = allocations.slice(i * 3, i * 3 + 3);
        const cells = i % 2 === 0 ? [a.cell, b.cell, a.cell] : [b.cell, a.cell, b.cell];
        return e.deliver(db, ...ids.map((id, n) => e.proposed(id, cells[n] ?? a.cell, 1)));
      }),
    );
    expect([await counts(db, a.cell), await counts(db, b.cell)]).toEqual(['0/4/0', '0/4/0']);
  });
});
