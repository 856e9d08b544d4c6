import { DomainError, type EventData, type matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { release } from '../domain/item.js';
import { expire, isVoid, releaseAll, type Reservation, type ReservationChange } from '../domain/reservation.js';
import { lockItems, saveItems } from '../persistence/item.repository.js';
import { lockOrOpen, lockReservations, saveReservations } from '../persistence/reservation.repository.js';

/** Ends held reservations in one of the two ways, and frees their items. */
async function end(tx: Tx, reservations: readonly Reservation[], how: (reservation: Reservation) => ReservationChange): Promise<void> {
  const items = await lockItems(tx, reservations.flatMap((r) => r.itemIds));
  await saveItems(tx, items.map((item) => release(item)));
  await saveReservations(tx, reservations.map(how));
}

/**
 * The allocation ended before it was shipped. A held reservation is released; of a committed one dispatch, which hears of
 * this too, gives back what it does not send; what is void stays so. One that was not proposed yet is void from now
 * on, so that the late proposal is refused.
 */
export async function releaseForAllocation(tx: Tx, allocation: EventData<typeof matching.AllocationWithdrawn>): Promise<void> {
  const { allocationId: id, siteId, category, grade, earmark, quantity: asked } = allocation;
  const reservation = await lockOrOpen(tx, { id, siteId, cell: { siteId, category, grade, earmark }, asked });
  if (reservation.state === 'held' || reservation.state === 'requested') await end(tx, [reservation], releaseAll);
}

/** By a coordinator, while nothing is being picked. What is released already is answered as done. */
export async function releaseReservation(tx: Tx, input: { reservationId: string; version: number }): Promise<void> {
  const [reservation] = await lockReservations(tx, [input.reservationId]);
  if (!reservation) throw new DomainError('reservation-not-found');
  if (isVoid(reservation)) return;
  if (reservation.state !== 'held') throw new DomainError('reservation-not-held', { state: reservation.state });
  if (reservation.version !== input.version) throw new DomainError('stale-version');
  await end(tx, [reservation], releaseAll);
}

/** Held for longer than they may be. At most `most` of them; returns how many. */
export async function expireReservations(tx: Tx, most = 100): Promise<number> {
  const due = await tx.query<{ id: string }>(
    `select id from reservation where state = 'held' and expires_at <= $1 order by expires_at limit $2`,
    [tx.now, most],
  );
  const locked = await lockReservations(tx, due.map(({ id }) => id));
  const expired = locked.filter((r) => r.expiresAt !== null && r.expiresAt <= tx.now);
  if (expired.length > 0) await end(tx, expired, expire);
  return expired.length;
}
