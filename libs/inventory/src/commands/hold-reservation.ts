import type { EventData, matching } from '@lacollecte/contracts';
import { crashPoint, type Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { reserve } from '../domain/item.js';
import { answerProposal, isVoid, MOST_ITEMS, refuseLate } from '../domain/reservation.js';
import { cellId, lockGate } from '../persistence/cell.repository.js';
import { lockFree, saveItems } from '../persistence/item.repository.js';
import { lockReservations, openReservation, saveReservations } from '../persistence/reservation.repository.js';
import { settings } from '../settings.js';

/**
 * Answers a proposal: holds the oldest free items of its cell, as many as there are, or refuses. Proposals for one cell
 * wait for each other at its gate, and look for items in a statement after that: so 0 free means that none is free.
 */
export async function holdReservation(tx: Tx, allocation: EventData<typeof matching.AllocationProposed>): Promise<void> {
  const { allocationId: id, siteId, category, grade, earmark, quantity } = allocation;
  const cell = { siteId, category, grade, earmark };
  const opened = await openReservation(tx, { id, siteId, cell, asked: quantity });
  if (!opened) {
    const [there] = await lockReservations(tx, [id]);
    if (there && isVoid(there)) await saveReservations(tx, [refuseLate(there)]);
    return;
  }
  const { holdDays } = await settingsOf(tx, settings);
  await lockGate(tx, cellId(cell));
  const items = await lockFree(tx, cellId(cell), Math.min(quantity, MOST_ITEMS));
  await saveItems(tx, items.map((item) => reserve(item, id)));
  await saveReservations(tx, [answerProposal(opened, items.map((item) => item.id), tx.now, holdDays)]);
  crashPoint('reservation-half-written');
}
