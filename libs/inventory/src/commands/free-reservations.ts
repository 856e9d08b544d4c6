import type { EventData, dispatch } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fitsUnder, release } from '../domain/item.js';
import { giveBack, holdsItems, type ReservationChange } from '../domain/reservation.js';
import { type ItemSave, lockItems, saveItems } from '../persistence/item.repository.js';
import { lockReservations, saveReservations } from '../persistence/reservation.repository.js';

/**
 * Dispatch gives back: the items it names, in the bin where they lie now, or all that a reservation still holds. One that
 * then holds nothing ends, also where its last items had been withdrawn before.
 */
export async function freeReservations(tx: Tx, { freed }: Pick<EventData<typeof dispatch.ReservationsFreed>, 'freed'>): Promise<void> {
  const byId = new Map(freed.map((one) => [one.reservationId, one]));
  const reservations = (await lockReservations(tx, [...byId.keys()].sort())).filter(holdsItems);
  const items = new Map((await lockItems(tx, reservations.flatMap((r) => r.itemIds))).map((item) => [item.id, item]));
  const itemChanges: ItemSave[] = [];
  const changes: ReservationChange[] = [];
  for (const reservation of reservations) {
    const named = byId.get(reservation.id)?.items ?? reservation.itemIds.map((itemId) => ({ itemId, bin: null }));
    const gone: string[] = [];
    for (const { itemId, bin } of named) {
      const item = items.get(itemId);
      if (!item || gone.includes(itemId) || !fitsUnder(item, reservation.id, 'release')) continue;
      itemChanges.push(release(item, bin));
      gone.push(itemId);
    }
    if (gone.length > 0 || reservation.itemIds.length === 0) changes.push(giveBack(reservation, gone));
  }
  await saveItems(tx, itemChanges);
  await saveReservations(tx, changes);
}
