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
/** Held apart: recalled, damaged. */
export const ItemQuarantined = itemEvent('item-quarantined');
export const ItemWrittenOff = itemEvent('item-written-off');
/** It came back unsealed or was recalled: the workshop opens every check again. */
export const ItemSentBack = itemEvent('item-sent-back', ['matching', 'refurbishment']);

export const RESERVATION_STATES = ['requested', 'held', 'committed', 'consumed', 'refused', 'released', 'expired'] as const;
/** A reservation's id is its allocation's id. `shortfall` = asked − itemIds.length. */
const reservation = {
  reservationId: Id, state: z.enum(RESERVATION_STATES), siteId: Id, asked: Count, itemIds: z.array(Id).max(500), shortfall: Count,
  expiresAt: Instant.nullable(),
};
const reservationExample = { reservationId: ID, state: 'held' as const, siteId: ID, asked: 2, itemIds: [ID], shortfall: 1, expiresAt: '2026-11-09T10:00:00.000Z' };
const reservationEvent = (name: string, consumers: readonly ServiceName[]) =>
  defineEvent('inventory.reservation', name, consumers, reservation, reservationExample);
/** Answers to `allocation-proposed`. */
export const ReservationHeld = reservationEvent('reservation-held', ['matching']);
export const ReservationRefused = reservationEvent('reservation-refused', ['matching']);
/** Void before it was committed: by request, by time. */
export const ReservationReleased = reservationEvent('reservation-released', ['matching', 'dispatch']);
export const ReservationExpired = reservationEvent('reservation-expired', ['matching', 'dispatch']);
/** Answers to `picking-requested`: from a commit on, only dispatch frees it. */
export const ReservationCommitted = reservationEvent('reservation-committed', ['matching', 'dispatch']);
export const ReservationCommitRefused = reservationEvent('reservation-commit-refused', ['dispatch']);
export const ReservationConsumed = reservationEvent('reservation-consumed', []);
/** Answer to `substitution-requested`: another item, or none. */
export const ReservationSubstituted = defineEvent('inventory.reservation', 'reservation-substituted', ['dispatch'], {
  ...reservation, missingItemId: Id, replacementItemId: Id.nullable(), replacementGrade: StockGrade.nullable(),
}, { ...reservationExample, state: 'committed', missingItemId: ID, replacementItemId: null, replacementGrade: null });
/** A recalled item left the reservation. */
export const ReservationItemWithdrawn = defineEvent('inventory.reservation', 'reservation-item-withdrawn', ['matching', 'dispatch'], {
  ...reservation, itemId: Id,
}, { ...reservationExample, itemId: ID });
