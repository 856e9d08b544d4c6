import type { EventData, dispatch } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { lose, takeReturn } from '../domain/item.js';
import { handOver } from '../domain/reservation.js';
import { saveItems } from '../persistence/item.repository.js';
import { lockMarks } from '../persistence/recall-mark.repository.js';
import { saveReservations } from '../persistence/reservation.repository.js';
import { byReservation, lockContent } from './parcel-content.js';

type Return = EventData<typeof dispatch.ReturnReceived>;

/**
 * A device came back from a structure. Refurbishment hears so from dispatch too, so this only takes the item out of what
 * was issued. It may be heard before the parcel's hand-over (another topic): then the item leaves its reservation here.
 */
export async function receiveReturn(tx: Tx, { deviceId: itemId, reservationId }: Return): Promise<void> {
  const content = await lockContent(tx, [{ itemId, reservationId }], 'send-back');
  const marks = await lockMarks(tx, [itemId]);
  await saveItems(tx, content.items.map((item) => takeReturn(item, marks.has(item.id) ? 'recalled' : 'returned')));
  await saveReservations(tx, byReservation(content, handOver));
}

/** Missing at delivery. Should it be found, it comes through the workshop and is stock again once it is ready. */
export async function loseItem(tx: Tx, { deviceId: itemId, reservationId }: Return): Promise<void> {
  const content = await lockContent(tx, [{ itemId, reservationId }], 'lose');
  await saveItems(tx, content.items.map(lose));
  await saveReservations(tx, byReservation(content, handOver));
}
