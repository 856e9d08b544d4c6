import type { EventData, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { type Allocation, held, itemWithdrawn, reservationCommitted, reservationExpired, reservationRefused, reservationReleased, type Step } from '../domain/allocation.js';
import { Book } from '../persistence/book.js';
import { matchingSettings } from '../settings.js';

type Reservation = EventData<typeof inventory.ReservationHeld>;

const DAY_MS = 86_400_000;

/** What inventory says of a reservation, applied to the allocation of the same id. Reservations that are not ours are no concern. */
async function applyTo(tx: Tx, allocationId: string, decide: (allocation: Allocation) => Step): Promise<void> {
  const book = await Book.ofAllocations(tx, [allocationId]);
  if (book.apply(allocationId, decide)) await book.save();
}

export async function holdAllocation(tx: Tx, event: Reservation): Promise<void> {
  const { answerDays } = await settingsOf(tx, matchingSettings);
  const answerBy = new Date(tx.now.getTime() + answerDays * DAY_MS);
  await applyTo(tx, event.reservationId, (allocation) => held(allocation, event.itemIds.length, answerBy));
}

export async function shortenAllocation(tx: Tx, event: Reservation): Promise<void> {
  await applyTo(tx, event.reservationId, reservationRefused);
}

export async function releaseAllocation(tx: Tx, event: Reservation): Promise<void> {
  await applyTo(tx, event.reservationId, reservationReleased);
}

export async function expireAllocation(tx: Tx, event: Reservation): Promise<void> {
  await applyTo(tx, event.reservationId, reservationExpired);
}

export async function commitAllocation(tx: Tx, event: Reservation): Promise<void> {
  await applyTo(tx, event.reservationId, (allocation) => reservationCommitted(allocation, event.itemIds.length));
}

export async function withdrawItem(tx: Tx, event: Reservation): Promise<void> {
  await applyTo(tx, event.reservationId, (allocation) => itemWithdrawn(allocation, event.itemIds.length, event.state !== 'held'));
}
