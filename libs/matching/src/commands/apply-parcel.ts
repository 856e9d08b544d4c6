import type { dispatch, EventData } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { delivered, freed, handedOver, returned, withdraw } from '../domain/allocation.js';
import { Book } from '../persistence/book.js';

type Content = EventData<typeof dispatch.ParcelHandedOver>['content'];

/** How many devices of a parcel answer to each reservation: one parcel may hold parts of several allocations. */
function countByReservation(content: Content, of: (itemId: string) => boolean = () => true): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { itemId, reservationId } of content) counts.set(reservationId, (counts.get(reservationId) ?? 0) + (of(itemId) ? 1 : 0));
  return counts;
}

export async function shipParcel(tx: Tx, { content }: EventData<typeof dispatch.ParcelHandedOver>): Promise<void> {
  const counts = countByReservation(content);
  const book = await Book.ofAllocations(tx, [...counts.keys()]);
  for (const [id, count] of counts) book.apply(id, (allocation) => handedOver(allocation, count));
  await makeRoom(book, [...counts.keys()]);
  await book.save();
}

/**
 * A parcel carried devices that were given back before: the line may have been promised others for them. These are withdrawn,
 * newest first, as far as nobody has accepted them, so that no structure gets more than it asked for.
 */
async function makeRoom(book: Book, allocationIds: readonly string[]): Promise<void> {
  const lineIds = allocationIds.map((id) => book.allocation(id)?.lineId).filter((id) => id !== undefined);
  const full = [...new Set(lineIds)].filter((id) => book.line(id)!.surplus > 0);
  if (full.length === 0) return;
  for (const { id, lineId } of await book.addAllocationsOf(full, ['proposed', 'held'])) {
    if (book.line(lineId)!.surplus > 0) book.apply(id, withdraw);
  }
}

/** `missing` of the content did not arrive: those are asked for again. */
export async function deliverParcel(tx: Tx, { content, missing }: EventData<typeof dispatch.ParcelDelivered>): Promise<void> {
  const lost = new Set(missing);
  const arrived = countByReservation(content, (itemId) => !lost.has(itemId));
  const absent = countByReservation(content, (itemId) => lost.has(itemId));
  const book = await Book.ofAllocations(tx, [...arrived.keys()]);
  for (const [id, count] of arrived) book.apply(id, (allocation) => delivered(allocation, count, absent.get(id) ?? 0, tx.now));
  await makeRoom(book, [...arrived.keys()]);
  await book.save();
}

export async function takeBackParcel(tx: Tx, { content }: EventData<typeof dispatch.ParcelReturned>): Promise<void> {
  const counts = countByReservation(content);
  const book = await Book.ofAllocations(tx, [...counts.keys()]);
  for (const [id, count] of counts) book.apply(id, (allocation) => returned(allocation, count));
  await book.save();
}

export async function freeReservations(tx: Tx, event: EventData<typeof dispatch.ReservationsFreed>): Promise<void> {
  const book = await Book.ofAllocations(tx, event.freed.map((entry) => entry.reservationId));
  for (const { reservationId, quantity, rest } of event.freed) book.apply(reservationId, (allocation) => freed(allocation, quantity, rest));
  await book.save();
}
