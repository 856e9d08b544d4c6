import type { EventData, dispatch } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { issue, pick, restock, sendBack, unpick } from '../domain/item.js';
import { handOver } from '../domain/reservation.js';
import { saveItems } from '../persistence/item.repository.js';
import { lockMarks } from '../persistence/recall-mark.repository.js';
import { saveReservations } from '../persistence/reservation.repository.js';
import { byReservation, lockContent } from './parcel-content.js';

type Parcel = EventData<typeof dispatch.ParcelSealed>;

/** Sealed: its items are picked, each where the reservation named is committed and still the item's own. */
export async function pickParcel(tx: Tx, parcel: Parcel): Promise<void> {
  const { items, reservations } = await lockContent(tx, parcel.content, 'pick');
  const committed = items.filter((item) => reservations.get(item.reservationId ?? '')?.state === 'committed');
  await saveItems(tx, committed.map(pick));
}

/** Opened again before it left: its items are reserved as before, in the bin they came from. */
export async function reopenParcel(tx: Tx, parcel: Parcel): Promise<void> {
  const { items } = await lockContent(tx, parcel.content, 'unpick');
  await saveItems(tx, items.map(unpick));
}

/** Left the site: its items are issued; a reservation of which nothing is left is consumed. */
export async function issueParcel(tx: Tx, parcel: Parcel): Promise<void> {
  const content = await lockContent(tx, parcel.content, 'issue');
  await saveItems(tx, content.items.map(issue));
  await saveReservations(tx, byReservation(content, handOver));
}

/**
 * Came back. Under an unbroken seal its items are stock again; after any other, or where one was recalled meanwhile,
 * somebody may have used them, and the workshop opens every check.
 */
export async function returnParcel(tx: Tx, parcel: EventData<typeof dispatch.ParcelReturned>): Promise<void> {
  const content = await lockContent(tx, parcel.content, 'restock');
  const marks = await lockMarks(tx, content.items.map((item) => item.id));
  await saveItems(
    tx,
    content.items.map((item) => {
      if (marks.has(item.id)) return sendBack(item, 'recalled');
      return parcel.sealIntact ? restock(item) : sendBack(item, 'returned');
    }),
  );
  await saveReservations(tx, byReservation(content, handOver));
}
