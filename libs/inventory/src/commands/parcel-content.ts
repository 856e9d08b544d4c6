import type { Tx } from '@lacollecte/database';
import { fits, fitsUnder, isSentBack, type Item, type ItemStep } from '../domain/item.js';
import { holdsItems, type Reservation } from '../domain/reservation.js';
import { lockItems } from '../persistence/item.repository.js';
import { claimStrayed, lockReservations } from '../persistence/reservation.repository.js';

/** What dispatch names: an item and the reservation that it answers to. */
export interface Named {
  readonly itemId: string;
  readonly reservationId: string;
}

export interface Content {
  readonly reservations: ReadonlyMap<string, Reservation>;
  /** Those for which the reservation named is still theirs and the step fits. */
  readonly items: Item[];
  /** Those that were withdrawn after their parcel had left, and before that was heard. */
  readonly strayed: readonly Named[];
}

/** What says that an item has left the site. */
const LEFT: ReadonlySet<ItemStep> = new Set<ItemStep>(['issue', 'restock', 'send-back', 'lose']);

/**
 * Locks reservations, then items, and keeps those whom the step is really about: an item may have gone on meanwhile. What
 * left the site has left, though a person set it aside while the hand-over was on its way to us: such an item is again
 * under the reservation that it left with. A recalled one stays with the workshop, and dispatch asks for it.
 */
export async function lockContent(tx: Tx, named: readonly Named[], step: ItemStep): Promise<Content> {
  const locked = await lockReservations(tx, [...new Set(named.map((n) => n.reservationId))].sort());
  const reservationOf = new Map(named.map((n) => [n.itemId, n.reservationId]));
  const items = await lockItems(tx, [...reservationOf.keys()].sort());
  const claimed = LEFT.has(step) ? await claimStrayed(tx, named) : new Map<string, Date>();
  return {
    reservations: new Map(locked.map((r) => [r.id, r])),
    items: items.flatMap((item) => {
      const reservationId = reservationOf.get(item.id) ?? '';
      if (fitsUnder(item, reservationId, step)) return [item];
      // What became stock after it was withdrawn has come back meanwhile, and is ready anew.
      const strayed = (claimed.get(item.id) ?? 0) >= item.stockedAt && item.reservationId === null && !isSentBack(item) && fits(item, step);
      return strayed ? [{ ...item, reservationId }] : [];
    }),
    strayed: named.filter((n) => claimed.has(n.itemId)),
  };
}

/** The items by the reservation they are under, with what each reservation makes of their leaving. */
export function byReservation<C>({ reservations, items, strayed }: Content, leave: (reservation: Reservation, itemIds: string[]) => C): C[] {
  return [...reservations.values()].filter(holdsItems).flatMap((reservation) => {
    const held = items.filter((item) => item.reservationId === reservation.id && reservation.itemIds.includes(item.id));
    const gone = [...held.map(({ id }) => id), ...strayed.filter((n) => n.reservationId === reservation.id).map(({ itemId }) => itemId)];
    return gone.length > 0 ? [leave(reservation, gone)] : [];
  });
}
