import type { Tx } from '@lacollecte/database';
import { fitsUnder, type Item, type ItemStep } from '../domain/item.js';
import type { Reservation } from '../domain/reservation.js';
import { lockItems } from '../persistence/item.repository.js';
import { lockReservations } from '../persistence/reservation.repository.js';

/** What dispatch names: an item and the reservation that it answers to. */
export interface Named {
  readonly itemId: string;
  readonly reservationId: string;
}

export interface Content {
  readonly reservations: ReadonlyMap<string, Reservation>;
  /** Those for which the reservation named is still theirs and the step fits. */
  readonly items: Item[];
}

/** Locks reservations, then items, and keeps those whom the step is really about: an item may have gone on meanwhile. */
export async function lockContent(tx: Tx, named: readonly Named[], step: ItemStep): Promise<Content> {
  const locked = await lockReservations(tx, [...new Set(named.map((n) => n.reservationId))].sort());
  const reservationOf = new Map(named.map((n) => [n.itemId, n.reservationId]));
  const items = await lockItems(tx, [...reservationOf.keys()].sort());
  return {
    reservations: new Map(locked.map((r) => [r.id, r])),
    items: items.filter((item) => fitsUnder(item, reservationOf.get(item.id) ?? '', step)),
  };
}

/** The items by the reservation they are under, with what each reservation makes of their leaving. */
export function byReservation<C>(content: Content, leave: (reservation: Reservation, itemIds: string[]) => C): C[] {
  return [...content.reservations.values()].flatMap((reservation) => {
    const itemIds = content.items.filter((item) => item.reservationId === reservation.id && reservation.itemIds.includes(item.id)).map(({ id }) => id);
    return itemIds.length > 0 ? [leave(reservation, itemIds)] : [];
  });
}
