import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Item } from '../domain/item.js';
import type { Reservation } from '../domain/reservation.js';
import { lockItems, peekingReservation } from './item.repository.js';
import { lockReservations } from './reservation.repository.js';

export interface PlacedItem {
  readonly item: Item;
  /** The reservation that it is reserved or picked under. */
  readonly reservation: Reservation | null;
}

/**
 * An item and its active reservation, locked in the order that everybody keeps: reservation, then item. As the reservation
 * is only known from the item, it is read first without a lock and looked at again.
 */
export async function lockPlaced(tx: Tx, itemId: string): Promise<PlacedItem | undefined> {
  const { text, values } = peekingReservation(itemId);
  for (let attempt = 0; attempt < 10; attempt++) {
    const peeked = await tx.one<{ reservationId: string | null }>(text, values);
    if (!peeked) return undefined;
    const [reservation = null] = peeked.reservationId ? await lockReservations(tx, [peeked.reservationId]) : [];
    const [item] = await lockItems(tx, [itemId]);
    if (!item) return undefined;
    if ((item.state === 'reserved' || item.state === 'picked' ? item.reservationId : null) === peeked.reservationId) return { item, reservation };
  }
  throw new DomainError('try-again');
}
