import { randomUUID } from 'node:crypto';
import { DomainError, inventory } from '@lacollecte/contracts';
import { isTransient, type Tx } from '@lacollecte/database';
import type { Decoded } from '@lacollecte/messaging';
import { actor, type TestDatabase } from '@lacollecte/testing';
import * as e from '../testing/events.js';
import { stockDatabase, violations } from '../testing/stock.js';
import { putAwayItem } from './put-away-item.js';
import { expireReservations, releaseReservation } from './release-reservation.js';
import { clearItem, setItemAside, writeItemOff } from './set-item-aside.js';

const WORKERS = 8;
const STEPS = 120;
/** Refusals that a person may meet here; anything else is a defect. */
const REFUSALS = ['item-step-refused', 'item-in-workshop', 'stale-version', 'reservation-not-held', 'bin-unknown'];

/** Small, seeded, good enough to mix (mulberry32). */
function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, of: <T>(from: readonly T[]): T => from[below(from.length)] as T };
}
type Random = ReturnType<typeof random>;

describe.each([20200317, 7])('a storm of everything at once, seed %i', (seed) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await stockDatabase();
  });
  afterAll(() => db.close());

  const sites = [randomUUID(), randomUUID()];
  const cells = sites.flatMap((siteId) => (['B', 'A'] as const).map((grade) => e.newCell({ siteId, grade })));
  const devices = Array.from({ length: 60 }, () => randomUUID());
  const allocations: { id: string; cell: e.Cell }[] = [];
  const who = actor('operator', { siteIds: sites });
  const coordinator = actor('coordinator');
  let clock = 10;
  let again = 0;

  /** As the consumer does with what passes by itself. */
  async function insist(work: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work();
        return;
      } catch (error) {
        if (!isTransient(error)) throw error;
        again++;
      }
    }
  }
  const byHand = (person: typeof who, work: (tx: Tx) => Promise<unknown>) =>
    insist(() => db.as(person, work)).catch((error: unknown) => {
      if (!(error instanceof DomainError) || !REFUSALS.includes(error.code)) throw error;
    });
  const tell = (...events: Decoded[]) => insist(() => e.deliver(db, ...events));

  // A device's own events have one key: they arrive one after the other.
  const queues = new Map<string, Promise<void>>();
  const inOrder = (deviceId: string, what: () => Decoded) => {
    const turn = (queues.get(deviceId) ?? Promise.resolve()).then(() => tell(what()));
    queues.set(deviceId, turn.catch(() => undefined));
    return turn;
  };

  async function place(r: Random) {
    const rows = await db.worker((tx) =>
      tx.query<{ id: string; version: number; reservation_id: string | null }>('select id, version, reservation_id from stock_item order by id'),
    );
    return rows.length > 0 ? r.of(rows) : { id: r.of(devices), version: 1, reservation_id: null };
  }
  async function content(r: Random) {
    const picked = [await place(r), await place(r), await place(r)];
    const unique = [...new Map(picked.map((item) => [item.id, item])).values()];
    // Mostly the item's own reservation, sometimes any.
    return unique.map((item) => ({ itemId: item.id, reservationId: r.below(6) > 0 && item.reservation_id ? item.reservation_id : allocated(r).id }));
  }
  const allocated = (r: Random) => (allocations.length > 0 ? r.of(allocations) : { id: randomUUID(), cell: r.of(cells) });
  const proposal = (r: Random) => {
    const allocation = { id: randomUUID(), cell: r.of(cells) };
    allocations.push(allocation);
    return e.proposed(allocation.id, allocation.cell, 1 + r.below(4));
  };

  const steps: ((r: Random) => Promise<void>)[] = [
    ...Array.from({ length: 5 }, () => (r: Random) => {
      const id = r.of(devices);
      return inOrder(id, () => e.ready(id, r.of(cells), ++clock));
    }),
    (r) => {
      const id = r.of(devices);
      return inOrder(id, () => e.recalled(id, ++clock));
    },
    (r) => tell(proposal(r), proposal(r), proposal(r)),
    (r) => tell(proposal(r)),
    (r) => tell(proposal(r), e.withdrawn(allocated(r).id, r.of(cells), 1)),
    (r) => {
      const { id, cell } = allocated(r);
      return tell(e.refused(id, cell, 1));
    },
    (r) => {
      const { id, cell } = allocated(r);
      return tell(e.reduced(id, cell, r.below(3)));
    },
    (r) => tell(e.pickingRequested(allocated(r).id, allocated(r).id, allocated(r).id)),
    (r) => tell(e.pickingRequested(allocated(r).id)),
    async (r) => tell(e.substitutionRequested(allocated(r).id, (await place(r)).id)),
    async (r) => {
      const item = await place(r);
      await tell(e.substitutionRequested(item.reservation_id ?? allocated(r).id, item.id));
    },
    async (r) => tell(e.sealed(await content(r)), e.sealed(await content(r))),
    async (r) => tell(e.sealed(await content(r))),
    async (r) => tell(e.reopened(await content(r))),
    async (r) => tell(e.handedOver(await content(r))),
    async (r) => tell(e.cameBack(await content(r), r.below(2) === 0)),
    async (r) => {
      const item = await place(r);
      await tell((r.below(2) ? e.returnReceived : e.deviceLost)(item.id, item.reservation_id ?? allocated(r).id));
    },
    async (r) => {
      const { id } = allocated(r);
      const item = await place(r);
      await tell(e.freed({ reservationId: id, quantity: 1, ...(r.below(2) ? { items: [{ itemId: item.id, bin: 'A-01' }] } : {}) }));
    },
    async (r) => {
      const { id } = allocated(r);
      await insist(() => db.worker((tx) => tx.execute(`update reservation set expires_at = now() - interval '1 second' where id = $1 and state = 'held'`, [id])));
      await insist(() => db.worker((tx) => expireReservations(tx)));
    },
    async (r) => {
      const item = await place(r);
      await byHand(who, (tx) => setItemAside(tx, { itemId: item.id, version: item.version, reason: 'damaged', note: null }).catch(unlessUnknown));
    },
    async (r) => {
      const item = await place(r);
      await byHand(who, (tx) => clearItem(tx, { itemId: item.id, version: item.version }).catch(unlessUnknown));
    },
    async (r) => {
      const item = await place(r);
      if (r.below(4) === 0) await byHand(who, (tx) => writeItemOff(tx, { itemId: item.id, version: item.version, reason: 'beyond repair' }).catch(unlessUnknown));
    },
    (r) => byHand(coordinator, (tx) => releaseReservation(tx, { reservationId: allocated(r).id, version: 1 }).catch(unlessUnknown)),
    () => byHand(who, (tx) => putAwayItem(tx, { label: 'LC-7K3M-9QAT', bin: 'A-01' }).catch(unlessUnknown)),
  ];

  test('no item is promised twice, no cell lies, and each history is whole', async () => {
    const worker = async (n: number) => {
      const r = random(seed + n);
      for (let i = 0; i < STEPS; i++) await r.of(steps)(r);
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, n) => worker(n)));

    expect(await violations(db)).toEqual([]);
    const types = await db.sql<{ type: string }>('select distinct type from outbox');
    const expected = Object.values(inventory).flatMap((d) => (typeof d === 'object' && d !== null && 'type' in d ? [d.type] : []));
    // The storm is one only if everything happened in it (nothing was put away: no site is known here).
    expect(expected.filter((type) => !types.some((t) => t.type === type) && type !== inventory.ItemPutAway.type)).toEqual([]);
    // Rows found only by looking are locked after those declared: what little is left of deadlocks passes by itself.
    expect(again).toBeLessThan((WORKERS * STEPS) / 10);
  }, 120_000);
});

function unlessUnknown(error: unknown): void {
  if (!(error instanceof DomainError) || !['item-not-found', 'reservation-not-found', 'not-here-yet'].includes(error.code)) throw error;
}
