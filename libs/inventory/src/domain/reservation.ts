import { DomainError, type EventDefinition, inventory, type StockGrade } from '@lacollecte/contracts';
import type { Cell } from './cell.js';

export type ReservationState = (typeof inventory.RESERVATION_STATES)[number];

/** What may follow what; `requested` is never committed, for the answer comes with the request. */
export const RESERVATION_TRANSITIONS: Readonly<Record<ReservationState | '', readonly ReservationState[]>> = {
  '': ['held', 'refused', 'released'],
  requested: ['held', 'refused', 'released'],
  held: ['committed', 'released', 'expired', 'consumed'],
  committed: ['consumed', 'released'],
  consumed: [], refused: [], released: [], expired: [],
};

/** Most items of one reservation: they travel in one event. What is asked beyond is its shortfall. */
export const MOST_ITEMS = 500;

/** What one allocation is promised. Its id is the allocation's. */
export interface Reservation {
  readonly id: string;
  readonly version: number;
  readonly state: ReservationState;
  readonly siteId: string;
  /** Null where it was given up, or asked to be picked, before it was ever proposed. */
  readonly cell: Cell | null;
  readonly asked: number;
  /** What it still holds, by id. */
  readonly itemIds: readonly string[];
  /** How many of its items were handed over. */
  readonly issued: number;
  /** Of a held one only. */
  readonly expiresAt: Date | null;
}

/** How items left a reservation. `missing`: dispatch asked for another, and was answered. */
export type Left = 'issued' | 'released' | 'withdrawn' | 'missing';

type ReservationEvent = EventDefinition<typeof inventory.ReservationHeld.schema>;

/** One change of one reservation and the event that says so. */
export interface ReservationChange {
  readonly before: Reservation;
  readonly after: Reservation;
  readonly event: ReservationEvent;
  /** What the event says besides the reservation. */
  readonly also?: Readonly<Record<string, unknown>>;
  /** How the items left that it holds no more. */
  readonly left?: Left;
}

const VOID: ReadonlySet<ReservationState> = new Set(['refused', 'released', 'expired']);

/** Ended without anything of it being handed over: whatever is asked of it is refused. */
export function isVoid(reservation: Reservation): boolean {
  return VOID.has(reservation.state);
}

export function holdsItems(reservation: Reservation): boolean {
  return reservation.state === 'held' || reservation.state === 'committed';
}

function change(before: Reservation, event: ReservationEvent, next: Partial<Reservation> = {}): ReservationChange {
  const after = { ...before, ...next, version: before.version + 1 };
  if (after.state !== before.state && !RESERVATION_TRANSITIONS[before.state].includes(after.state)) {
    throw new DomainError('reservation-step-refused', { state: before.state, next: after.state });
  }
  return { before, after, event };
}

function without(reservation: Reservation, gone: readonly string[]): string[] {
  return reservation.itemIds.filter((id) => !gone.includes(id));
}

/** Holds what was found, for `days`; refused where that is nothing. */
export function answerProposal(reservation: Reservation, itemIds: readonly string[], now: Date, days: number): ReservationChange {
  if (itemIds.length === 0) return change(reservation, inventory.ReservationRefused, { state: 'refused' });
  const expiresAt = new Date(now.getTime() + days * 86_400_000);
  return change(reservation, inventory.ReservationHeld, { state: 'held', itemIds, expiresAt });
}

/** A proposal that comes after its allocation was given up. */
export function refuseLate(reservation: Reservation): ReservationChange {
  return change(reservation, inventory.ReservationRefused);
}

/** Lets go of a held one, or of one that is only now heard of. */
export function releaseAll(reservation: Reservation): ReservationChange {
  return { ...change(reservation, inventory.ReservationReleased, { state: 'released', itemIds: [], expiresAt: null }), left: 'released' };
}

export function expire(reservation: Reservation): ReservationChange {
  return { ...change(reservation, inventory.ReservationExpired, { state: 'expired', itemIds: [], expiresAt: null }), left: 'released' };
}

/** Answers `picking-requested`: `bins` in the order of `itemIds`. From here on only dispatch frees it. A hold whose last item was withdrawn is void. */
export function commit(reservation: Reservation, bins: readonly (string | null)[]): ReservationChange {
  if (!holdsItems(reservation)) return change(reservation, inventory.ReservationCommitRefused);
  if (reservation.state === 'held' && reservation.itemIds.length === 0) {
    return change(reservation, inventory.ReservationCommitRefused, { state: 'released', expiresAt: null });
  }
  const next = change(reservation, inventory.ReservationCommitted, { state: 'committed', expiresAt: null });
  return { ...next, also: { bins } };
}

/** A request to pick what nobody ever proposed: void from the start, and so is its proposal should it still come. */
export function refuseUnknown(reservation: Reservation): ReservationChange {
  return change(reservation, inventory.ReservationCommitRefused, { state: 'released' });
}

/** An item leaves that the holder did not give back: it keeps its state, for dispatch may ask for another. */
export function withdraw(reservation: Reservation, itemId: string): ReservationChange {
  const next = change(reservation, inventory.ReservationItemWithdrawn, { itemIds: without(reservation, [itemId]) });
  return { ...next, also: { itemId }, left: 'withdrawn' };
}

/** These were handed over. Nothing left: consumed. */
export function handOver(reservation: Reservation, gone: readonly string[]): ReservationChange {
  const itemIds = without(reservation, gone);
  const issued = reservation.issued + gone.length;
  if (itemIds.length > 0) return { ...change(reservation, inventory.ReservationReduced, { itemIds, issued }), left: 'issued' };
  return { ...change(reservation, inventory.ReservationConsumed, { state: 'consumed', itemIds, issued, expiresAt: null }), left: 'issued' };
}

/** These were given back by who asked for them. Nothing left: consumed if something was handed over, else released. */
export function giveBack(reservation: Reservation, gone: readonly string[]): ReservationChange {
  const itemIds = without(reservation, gone);
  if (itemIds.length > 0) return { ...change(reservation, inventory.ReservationReduced, { itemIds }), left: 'released' };
  if (reservation.issued > 0) {
    return { ...change(reservation, inventory.ReservationConsumed, { state: 'consumed', itemIds, expiresAt: null }), left: 'released' };
  }
  return { ...change(reservation, inventory.ReservationReduced, { state: 'released', itemIds, expiresAt: null }), left: 'released' };
}

export interface Replacement {
  readonly id: string;
  readonly grade: StockGrade;
  readonly bin: string | null;
}

/** Answers `substitution-requested`: the missing item leaves, if it had not already, and the replacement takes its place. */
export function substitute(reservation: Reservation, missingItemId: string, replacement: Replacement | null): ReservationChange {
  const left = without(reservation, [missingItemId]);
  const itemIds = replacement ? [...left, replacement.id].sort() : left;
  const also = {
    missingItemId,
    replacementItemId: replacement?.id ?? null,
    replacementGrade: replacement?.grade ?? null,
    replacementBin: replacement?.bin ?? null,
  };
  return { ...change(reservation, inventory.ReservationSubstituted, { itemIds }), also, left: 'missing' };
}

/** Answers that there is no replacement; what it holds, if anything, stays. One that nobody proposed is void from now on. */
export function refuseSubstitution(reservation: Reservation, missingItemId: string): ReservationChange {
  const state = reservation.state === 'requested' ? 'released' : reservation.state;
  const also = { missingItemId, replacementItemId: null, replacementGrade: null, replacementBin: null };
  return { ...change(reservation, inventory.ReservationSubstituted, { state }), also };
}
