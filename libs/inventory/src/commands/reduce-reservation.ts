import type { EventData, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { release } from '../domain/item.js';
import { giveBack } from '../domain/reservation.js';
import { lockItems, saveItems } from '../persistence/item.repository.js';
import { lockReservations, saveReservations } from '../persistence/reservation.repository.js';

/** The allocation became smaller: a held reservation lets go of what it has above it, the newest stock first. */
export async function reduceReservation(tx: Tx, allocation: EventData<typeof matching.AllocationReduced>): Promise<void> {
  const [reservation] = await lockReservations(tx, [allocation.allocationId]);
  if (reservation?.state !== 'held') return;
  const surplus = reservation.itemIds.length - allocation.quantity;
  if (surplus <= 0) return;
  const items = await lockItems(tx, reservation.itemIds);
  const freed = items.sort((a, b) => b.stockedAt.getTime() - a.stockedAt.getTime()).slice(0, surplus);
  await saveItems(tx, freed.map((item) => release(item)));
  await saveReservations(tx, [giveBack({ ...reservation, asked: allocation.quantity }, freed.map((item) => item.id))]);
}
