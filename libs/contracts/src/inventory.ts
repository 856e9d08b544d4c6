import { z } from 'zod';
import { defineEvent, type ServiceName } from './event.js';
import { Category, Count, Earmark, Id, Instant, StockGrade } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';

export const ITEM_STATES = ['in-stock', 'reserved', 'picked', 'issued', 'quarantined', 'written-off'] as const;
/** An item's id is its device's id. Each of these carries the whole place of the item, so that one of them is enough to know it. */
const item = { itemId: Id, siteId: Id, category: Category, grade: StockGrade, earmark: Earmark, state: z.enum(ITEM_STATES), reservationId: Id.nullable() };
const itemExample = { itemId: ID, siteId: ID, category: 'laptop' as const, grade: 'A' as const, earmark: null, state: 'in-stock' as const, reservationId: null };
const itemEvent = (name: string, consumers: readonly ServiceName[] = ['matching']) => defineEvent('inventory.item', name, consumers, item, itemExample);
export const ItemStocked = itemEvent('item-stocked');
export const ItemReserved = itemEvent('item-reserved');
export const ItemReleased = itemEvent('item-released');
export const ItemPicked = itemEvent('item-picked');
export const ItemIssued = itemEvent('item-issued');
/** Moved to another bin of its site. */
export const ItemPutAway = itemEvent('item-put-away', []);
/** Held apart: missing, damaged, or in the workshop's hands after a return that refurbishment hears of from dispatch. */
export const ItemQuarantined = itemEvent('item-quarantined');
export const ItemWrittenOff = itemEvent('item-written-off');
/**
 * Out of stock for the workshop, which opens every check again: its parcel came back unsealed, or it was recalled. State
 * `quarantined` until its device is ready again. Refurbishment takes it as "received again"; for a device that it has
 * already received again there is nothing to do.
 */
export const ItemSentBack = defineEvent('inventory.item', 'item-sent-back', ['matching', 'refurbishment'], {
  ...item,
  /** Newest erasure of the readiness that ends here. One that was received again after that has been ready and back since: this is of an earlier time. */
  evidenceAt: Instant.optional(),
}, { ...itemExample, state: 'quarantined', evidenceAt: '2026-11-02T10:00:00.000Z' });

export const RESERVATION_STATES = ['requested', 'held', 'committed', 'consumed', 'refused', 'released', 'expired'] as const;
/** A reservation's id is its allocation's id. `shortfall` = asked − itemIds.length. */
const reservation = {
  reservationId: Id, state: z.enum(RESERVATION_STATES), siteId: Id, asked: Count, itemIds: z.array(Id).max(500), shortfall: Count,
  expiresAt: Instant.nullable(),
};
const reservationExample = { reservationId: ID, state: 'held' as const, siteId: ID, asked: 2, itemIds: [ID], shortfall: 1, expiresAt: '2026-11-09T10:00:00.000Z' };
const reservationEvent = (name: string, consumers: readonly ServiceName[]) =>
  defineEvent('inventory.reservation', name, consumers, reservation, reservationExample);
/**
 * Answers to `allocation-proposed`. Refused is also the answer to a proposal whose allocation was given up before it came:
 * then the state is what that made of it, `released`.
 */
export const ReservationHeld = reservationEvent('reservation-held', ['matching']);
export const ReservationRefused = reservationEvent('reservation-refused', ['matching']);
/** Void before it was committed: by request, by time. */
export const ReservationReleased = reservationEvent('reservation-released', ['matching', 'dispatch']);
export const ReservationExpired = reservationEvent('reservation-expired', ['matching', 'dispatch']);
/** Answers to `picking-requested`: from a commit on, only dispatch frees it. */
export const ReservationCommitted = defineEvent('inventory.reservation', 'reservation-committed', ['matching', 'dispatch'], {
  ...reservation,
  /** Where each of `itemIds` lies, in the same order: the pick list goes from bin to bin. */
  bins: z.array(z.string().max(20).nullable()).max(500).optional(),
}, { ...reservationExample, state: 'committed', bins: ['A-01'] });
export const ReservationCommitRefused = reservationEvent('reservation-commit-refused', ['dispatch']);
/** Dispatch handed a part of it over, or it or matching gave back a part or all: who asked knows. */
export const ReservationReduced = reservationEvent('reservation-reduced', []);
/** Nothing of it is left and something of it was handed over. */
export const ReservationConsumed = reservationEvent('reservation-consumed', []);
/** Answer to `substitution-requested`: another item, or none. */
export const ReservationSubstituted = defineEvent('inventory.reservation', 'reservation-substituted', ['dispatch'], {
  ...reservation, missingItemId: Id, replacementItemId: Id.nullable(), replacementGrade: StockGrade.nullable(),
  /** Where the replacement lies. */
  replacementBin: z.string().max(20).nullable().optional(),
}, { ...reservationExample, state: 'committed', missingItemId: ID, replacementItemId: null, replacementGrade: null, replacementBin: null });
/** An item left the reservation: recalled, or set aside by the site. */
export const ReservationItemWithdrawn = defineEvent('inventory.reservation', 'reservation-item-withdrawn', ['matching', 'dispatch'], {
  ...reservation, itemId: Id,
}, { ...reservationExample, itemId: ID });
