import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { clear, type SetAsideReason, setAside, writeOff } from '../domain/item.js';
import { mayActAt } from '../domain/may-act-at.js';
import { withdraw } from '../domain/reservation.js';
import { saveItems } from '../persistence/item.repository.js';
import { lockPlaced, type PlacedItem } from '../persistence/placed-item.js';
import { lockMarks } from '../persistence/recall-mark.repository.js';
import { saveReservations } from '../persistence/reservation.repository.js';

/** An item as it was shown, at that version. */
export interface ShownItem {
  readonly itemId: string;
  readonly version: number;
}

async function shown(tx: Tx, { itemId, version }: ShownItem): Promise<PlacedItem> {
  const placed = await lockPlaced(tx, itemId);
  if (!placed) throw new DomainError('item-not-found');
  mayActAt(tx.actor, placed.item);
  if (placed.item.version !== version) throw new DomainError('stale-version');
  return placed;
}

/** Holds an item apart from stock; a reservation that had it loses it. */
export async function setItemAside(tx: Tx, input: ShownItem & { reason: SetAsideReason; note: string | null }): Promise<void> {
  const { item, reservation } = await shown(tx, input);
  await saveItems(tx, [setAside(item, input.reason, input.note)]);
  if (reservation) await saveReservations(tx, [withdraw(reservation, item.id)]);
}

/** Puts an item that was set aside back to stock. */
export async function clearItem(tx: Tx, input: ShownItem): Promise<void> {
  const { item } = await shown(tx, input);
  const marks = await lockMarks(tx, [item.id]);
  await saveItems(tx, [clear(item, marks.has(item.id))]);
}

/** Takes an item out of the accounts: gone or worthless. Only a device that becomes ready again undoes it. */
export async function writeItemOff(tx: Tx, input: ShownItem & { reason: string }): Promise<void> {
  const { item } = await shown(tx, input);
  await saveItems(tx, [writeOff(item, input.reason)]);
}
