import type { EventData, dispatch } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { sameOrBetter } from '../domain/cell.js';
import { type Item, miss, reserve } from '../domain/item.js';
import { refuseSubstitution, type Reservation, substitute } from '../domain/reservation.js';
import { cellId } from '../persistence/cell.repository.js';
import { lockFirstFree, lockItems, saveItems } from '../persistence/item.repository.js';
import { claimReplacement, lockOrOpen, saveReservations } from '../persistence/reservation.repository.js';

/**
 * Answers with another item of the same cell, else of the nearest better grade, or with none. The missing item is set aside
 * if the reservation still held it; one that was withdrawn (recalled) is replaced once. Only of a committed reservation
 * is anything replaced.
 */
export async function substituteItem(tx: Tx, request: EventData<typeof dispatch.SubstitutionRequested>): Promise<void> {
  const { reservationId: id, missingItemId, siteId } = request;
  const reservation = await lockOrOpen(tx, { id, siteId, cell: null, asked: 0 });
  const held = reservation.itemIds.includes(missingItemId);
  const due = reservation.state === 'committed' && (held || (await claimReplacement(tx, id, missingItemId)));
  if (!due) {
    await saveReservations(tx, [refuseSubstitution(reservation, missingItemId)]);
    return;
  }
  const missing = held ? await lockItems(tx, [missingItemId]) : [];
  const replacement = await chooseReplacement(tx, reservation);
  await saveItems(tx, [...missing.map(miss), ...(replacement ? [reserve(replacement, id)] : [])]);
  await saveReservations(tx, [substitute(reservation, missingItemId, replacement ?? null)]);
}

async function chooseReplacement(tx: Tx, { cell }: Reservation): Promise<Item | undefined> {
  return cell ? lockFirstFree(tx, sameOrBetter(cell).map(cellId)) : undefined;
}
