import fc from 'fast-check';
import {
  accept, type Allocation, ALLOCATION_TRANSITIONS, delivered, freed, handedOver, held, itemWithdrawn, pendingOf, refuse, reservationCommitted, reservationExpired,
  reservationRefused, reservationReleased, returned, type Step, withdraw,
} from './allocation.js';
import { closeLine, type Line, propose, settle } from './line.js';

const NOW = new Date('2026-11-02T10:00:00Z');
const proposed = (quantity: number): Allocation => ({
  id: 'a', version: 1, state: 'proposed', needId: 'n', lineId: 'l', structureId: 's', roundId: 'r', siteId: 'site', category: 'laptop', grade: 'A', earmark: null,
  quarter: '2026-10-01', quantity, shipped: 0, delivered: 0, answerBy: null, deliveredAt: null,
});
const after = (allocation: Allocation, ...steps: ((a: Allocation) => Step)[]): Allocation => steps.reduce((a, step) => step(a)?.next ?? a, allocation);
const names = (step: Step) => step?.events.map((event) => event.type.split('.')[3]) ?? [];
const hold = (items: number) => (a: Allocation) => held(a, items, NOW);

describe('an allocation', () => {
  it('holds what there is, and gives the rest back', () => {
    expect(held(proposed(5), 3, NOW)).toMatchObject({ next: { state: 'held', quantity: 3, answerBy: NOW, version: 2 } });
    expect(held(proposed(5), 0, NOW)).toMatchObject({ next: { state: 'short', quantity: 0 } });
  });

  it('is accepted in part: inventory hears what is too much, dispatch what is to be planned', () => {
    const step = accept(after(proposed(5), hold(5)), 3);
    expect(step?.next).toMatchObject({ state: 'accepted', quantity: 3, answerBy: null });
    expect(names(step)).toEqual(['allocation-reduced', 'allocation-accepted']);
  });

  it.each([[0], [6]])('is not accepted for %i of 5', (quantity) => {
    expect(() => accept(after(proposed(5), hold(5)), quantity)).toThrow('not-that-many');
  });

  it('is answered once, and only when it is held', () => {
    expect(() => accept(proposed(5), 5)).toThrow('allocation-not-held');
    expect(() => refuse(after(proposed(5), hold(5), (a) => accept(a, 5)))).toThrow('allocation-not-held');
  });

  it('says again that it is void when an answer comes late', () => {
    expect(names(held(after(proposed(2), withdraw), 2, NOW))).toEqual(['allocation-withdrawn']);
    expect(names(held(after(proposed(2), hold(2), refuse), 2, NOW))).toEqual(['allocation-refused']);
    expect(names(reservationCommitted(after(proposed(2), hold(2), reservationExpired), 2))).toEqual(['allocation-withdrawn']);
    expect(reservationReleased(after(proposed(2), withdraw))).toBeNull();
  });

  it('ships and arrives in several parcels', () => {
    const accepted = after(proposed(3), hold(3), (a) => accept(a, 3));
    const part = after(accepted, (a) => handedOver(a, 2), (a) => delivered(a, 2, 0, NOW));
    expect(part).toMatchObject({ state: 'shipped', quantity: 3, shipped: 0, delivered: 2 });
    expect(after(part, (a) => handedOver(a, 1), (a) => delivered(a, 1, 0, NOW))).toMatchObject({ state: 'delivered', quantity: 3, delivered: 3 });
  });

  it('asks again for what is missing, came back or is not needed any more', () => {
    const accepted = after(proposed(3), hold(3), (a) => accept(a, 3));
    expect(after(accepted, (a) => handedOver(a, 3), (a) => delivered(a, 2, 1, NOW))).toMatchObject({ state: 'delivered', quantity: 2, delivered: 2 });
    expect(after(accepted, (a) => handedOver(a, 3), (a) => returned(a, 3))).toMatchObject({ state: 'short', quantity: 0 });
    expect(after(accepted, (a) => handedOver(a, 1), (a) => returned(a, 1))).toMatchObject({ state: 'accepted', quantity: 2 });
    expect(after(accepted, (a) => freed(a, 2))).toMatchObject({ state: 'accepted', quantity: 1 });
  });

  it.each([
    ['before', [(a: Allocation) => itemWithdrawn(a, 1, false), (a: Allocation) => freed(a, 1, 0)]],
    ['after', [(a: Allocation) => freed(a, 1, 0), (a: Allocation) => itemWithdrawn(a, 1, false)]],
  ] as const)('is void where all that was left is freed, whether we hear of what was withdrawn %s that', (_, steps) => {
    expect(after(proposed(2), hold(2), (a) => accept(a, 2), ...steps)).toMatchObject({ state: 'short', quantity: 0 });
  });

  it('counts what had left before it was withdrawn', () => {
    const late = after(proposed(2), hold(2), (a) => accept(a, 2), withdraw, (a) => handedOver(a, 2));
    expect(late).toMatchObject({ state: 'shipped', quantity: 2, shipped: 2 });
    expect(delivered(late, 2, 0, NOW)?.next.state).toBe('delivered');
  });

  it('leaves a recalled device of a committed reservation to dispatch', () => {
    const accepted = after(proposed(2), hold(2), (a) => accept(a, 2));
    expect(itemWithdrawn(accepted, 1, true)).toBeNull();
    expect(itemWithdrawn(accepted, 1, false)?.next.quantity).toBe(1);
  });
});

describe('a line and its allocations', () => {
  const line: Line = {
    id: 'l', needId: 'n', structureId: 's', category: 'laptop', minGrade: 'C', urgency: 2,
    asked: 8, open: 8, allocated: 0, shipped: 0, delivered: 0, cancelled: 0, surplus: 0,
  };
  const count = fc.integer({ min: 0, max: 6 });
  const fact = fc.oneof(
    fc.record({ kind: fc.constantFrom('held', 'committed', 'withdrawn-item', 'freed', 'handed-over', 'returned'), count, other: count }),
    fc.record({ kind: fc.constantFrom('refused', 'released', 'expired', 'withdraw', 'close', 'silence'), count, other: count }),
    fc.record({ kind: fc.constant('delivered'), count, other: count }),
  );
  const decide = (kind: string, n: number, other: number) => (a: Allocation): Step => {
    switch (kind) {
      case 'held': return held(a, n, NOW);
      case 'committed': return reservationCommitted(a, n);
      case 'withdrawn-item': return itemWithdrawn(a, n, false);
      case 'freed': return freed(a, n);
      case 'handed-over': return a.state === 'proposed' || a.state === 'held' ? null : handedOver(a, n);
      case 'returned': return returned(a, n);
      case 'delivered': return a.state === 'proposed' || a.state === 'held' ? null : delivered(a, n, other, NOW);
      case 'refused': return reservationRefused(a);
      case 'released': return reservationReleased(a);
      case 'expired': return reservationExpired(a);
      case 'silence': return a.state === 'held' ? accept(a, a.quantity) : null;
      default: return withdraw(a);
    }
  };

  it('keep their sums and only take legal steps, whatever arrives in whatever order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fact, { maxLength: 14 }), (quantity, facts) => {
        let allocation = proposed(quantity);
        let current = propose(line, quantity);
        let closed = false;
        for (const { kind, count: n, other } of facts) {
          if (kind === 'close') {
            if (!closed) current = closeLine(current);
            closed = true;
          }
          const step = decide(kind, n, other)(allocation);
          if (!step) continue;
          expect([allocation.state, ...ALLOCATION_TRANSITIONS[allocation.state]]).toContain(step.next.state);
          expect(step.next.version).toBe(allocation.version + 1);
          expect(step.events.length).toBeGreaterThan(0);
          current = settle(current, closed, allocation, step.next);
          allocation = step.next;
          const { asked, open, allocated, shipped, delivered: got, cancelled, surplus } = current;
          expect(asked + surplus).toBe(open + allocated + shipped + got + cancelled);
          expect([allocated, shipped, got]).toEqual([pendingOf(allocation), allocation.shipped, allocation.delivered]);
          expect(Math.min(open, allocated, shipped, got, cancelled, surplus)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 3000, seed: 11 },
    );
  });

  it('does not give out more than is open', () => {
    expect(() => propose(line, 9)).toThrow('not-that-many-open');
  });
});
