import { type Category, DomainError, type EventDefinition, matching, type StockGrade } from '@lacollecte/contracts';

export type AllocationState = (typeof matching.ALLOCATION_STATES)[number];

/** A part of one line, served from one stock cell. */
export interface Allocation {
  readonly id: string;
  readonly version: number;
  readonly state: AllocationState;
  readonly needId: string;
  readonly lineId: string;
  readonly structureId: string;
  readonly roundId: string;
  readonly siteId: string;
  readonly category: Category;
  readonly grade: StockGrade;
  readonly earmark: string | null;
  /** First day of the quarter whose quota it counts against, `2026-10-01`. */
  readonly quarter: string;
  /** Still promised, on the way and delivered together. */
  readonly quantity: number;
  readonly shipped: number;
  readonly delivered: number;
  /** Silence until then accepts. */
  readonly answerBy: Date | null;
  readonly deliveredAt: Date | null;
}

/** The next state and the facts to announce, all at its version; null: nothing changes. */
export type Step = { readonly next: Allocation; readonly events: readonly EventDefinition<typeof matching.AllocationProposed.schema>[] } | null;

/**
 * What may follow what. From a void state back: a parcel that had left before the voiding was known stands and is counted;
 * a late answer makes it say again that it is withdrawn.
 */
export const ALLOCATION_TRANSITIONS: Readonly<Record<AllocationState, readonly AllocationState[]>> = {
  proposed: ['held', 'short', 'refused', 'expired', 'withdrawn'],
  held: ['accepted', 'short', 'refused', 'expired', 'withdrawn'],
  accepted: ['shipped', 'delivered', 'short', 'expired', 'withdrawn'],
  shipped: ['accepted', 'delivered', 'short', 'expired', 'withdrawn'],
  delivered: ['shipped'],
  short: ['shipped', 'delivered', 'withdrawn'],
  refused: ['shipped', 'delivered'],
  expired: ['shipped', 'delivered', 'withdrawn'],
  withdrawn: ['shipped', 'delivered'],
};

const VOID: ReadonlySet<AllocationState> = new Set<AllocationState>(['short', 'refused', 'expired', 'withdrawn']);

/** Promised and not yet handed over. */
export function pendingOf(allocation: Pick<Allocation, 'quantity' | 'shipped' | 'delivered'>): number {
  return allocation.quantity - allocation.shipped - allocation.delivered;
}

function step(allocation: Allocation, change: Partial<Allocation>, ...events: EventDefinition<typeof matching.AllocationProposed.schema>[]): Step {
  return { next: { ...allocation, ...change, version: allocation.version + 1 }, events };
}

/** The state that an accepted allocation's counters tell. */
function stateOf(allocation: Allocation): AllocationState {
  if (allocation.quantity === 0) return VOID.has(allocation.state) ? allocation.state : 'short';
  if (pendingOf(allocation) > 0) return allocation.shipped + allocation.delivered > 0 ? 'shipped' : allocation.state === 'shipped' ? 'accepted' : allocation.state;
  return allocation.shipped > 0 ? 'shipped' : 'delivered';
}

/** Takes away what is promised and not handed over yet. */
function voided(allocation: Allocation, state: AllocationState, event: typeof matching.AllocationProposed): Step {
  return step(allocation, { state, quantity: allocation.shipped + allocation.delivered, answerBy: null }, event);
}

/** An answer came after the end: whoever holds something for it is told again to let go. */
function sayAgain(allocation: Allocation): Step {
  return allocation.state === 'refused'
    ? step(allocation, {}, matching.AllocationRefused)
    : step(allocation, { state: 'withdrawn' }, matching.AllocationWithdrawn);
}

/** Fewer devices are promised: `items` in all. */
function reducedTo(allocation: Allocation, items: number): Step {
  const quantity = Math.max(items, allocation.shipped + allocation.delivered);
  if (quantity >= allocation.quantity) return null;
  const reduced = { ...allocation, quantity };
  return step(reduced, { state: stateOf(reduced) }, quantity === 0 ? matching.AllocationShort : matching.AllocationReduced);
}

/** Inventory holds `items` devices for it: all, or as many as there are. */
export function held(allocation: Allocation, items: number, answerBy: Date): Step {
  if (VOID.has(allocation.state)) return sayAgain(allocation);
  if (allocation.state !== 'proposed') return reducedTo(allocation, items);
  if (items === 0) return voided(allocation, 'short', matching.AllocationShort);
  return step(allocation, { state: 'held', quantity: Math.min(items, allocation.quantity), answerBy }, matching.AllocationHeld);
}

/** Inventory has none. */
export function reservationRefused(allocation: Allocation): Step {
  return pendingOf(allocation) > 0 ? voided(allocation, 'short', matching.AllocationShort) : null;
}

/** Inventory let go of it. */
export function reservationReleased(allocation: Allocation): Step {
  return pendingOf(allocation) > 0 ? voided(allocation, 'withdrawn', matching.AllocationWithdrawn) : null;
}

/** Inventory's hold ran out. */
export function reservationExpired(allocation: Allocation): Step {
  return pendingOf(allocation) > 0 ? voided(allocation, 'expired', matching.AllocationExpired) : null;
}

/** A recalled device left the hold. Once committed, dispatch decides: it has it replaced, or says what it frees. */
export function itemWithdrawn(allocation: Allocation, items: number, committed: boolean): Step {
  return committed || VOID.has(allocation.state) ? null : reducedTo(allocation, items);
}

/** Picking may start with `items` devices. */
export function reservationCommitted(allocation: Allocation, items: number): Step {
  return VOID.has(allocation.state) ? sayAgain(allocation) : reducedTo(allocation, items);
}

/**
 * Dispatch needs `quantity` of it no longer: cancelled, or short. It knows what inventory withdrew before, which may come to us
 * after this: so no more than `rest` is promised from now on.
 */
export function freed(allocation: Allocation, quantity: number, rest = Infinity): Step {
  return reducedTo(allocation, Math.min(allocation.quantity - Math.min(quantity, pendingOf(allocation)), rest));
}

/** The structure takes `quantity` of what is held (all of it: by silence, too); the rest is refused. */
export function accept(allocation: Allocation, quantity: number): Step {
  if (allocation.state !== 'held') throw new DomainError('allocation-not-held', { state: allocation.state });
  if (quantity < 1 || quantity > allocation.quantity) throw new DomainError('not-that-many', { quantity, held: allocation.quantity });
  const events = quantity < allocation.quantity ? [matching.AllocationReduced, matching.AllocationAccepted] : [matching.AllocationAccepted];
  return step(allocation, { state: 'accepted', quantity, answerBy: null }, ...events);
}

/** The structure does not want it. */
export function refuse(allocation: Allocation): Step {
  if (allocation.state !== 'held' && allocation.state !== 'proposed') throw new DomainError('allocation-not-held', { state: allocation.state });
  return voided(allocation, 'refused', matching.AllocationRefused);
}

/** Its need was cancelled. What has left stands. */
export function withdraw(allocation: Allocation): Step {
  return pendingOf(allocation) > 0 ? voided(allocation, 'withdrawn', matching.AllocationWithdrawn) : null;
}

/** `count` devices left the site, also when it is void by now: the delivery stands and is counted. */
export function handedOver(allocation: Allocation, count: number): Step {
  if (count === 0) return null;
  const moved = shipMore(allocation, count);
  return step(moved, { state: stateOf(moved), answerBy: null }, matching.AllocationShipped);
}

function shipMore(allocation: Allocation, count: number): Allocation {
  const beyond = Math.max(0, count - pendingOf(allocation));
  return { ...allocation, quantity: allocation.quantity + beyond, shipped: allocation.shipped + count };
}

/** Of devices on the way, `arrived` reached the structure and `missing` did not: those are asked for again. */
export function delivered(allocation: Allocation, arrived: number, missing: number, at: Date): Step {
  if (arrived + missing === 0) return null;
  const sent = shipMore(allocation, Math.max(0, arrived + missing - allocation.shipped));
  const moved: Allocation = {
    ...sent, shipped: sent.shipped - arrived - missing, delivered: sent.delivered + arrived, quantity: sent.quantity - missing,
    deliveredAt: arrived > 0 ? at : sent.deliveredAt,
  };
  const event = arrived > 0 ? matching.AllocationDelivered : moved.quantity === 0 ? matching.AllocationShort : matching.AllocationReduced;
  return step(moved, { state: stateOf(moved) }, event);
}

/** `count` devices came back to the site. */
export function returned(allocation: Allocation, count: number): Step {
  const back = Math.min(count, allocation.shipped);
  if (back === 0) return null;
  const moved = { ...allocation, shipped: allocation.shipped - back, quantity: allocation.quantity - back };
  return step(moved, { state: stateOf(moved) }, moved.quantity === 0 ? matching.AllocationShort : matching.AllocationReduced);
}
