import type { EventData, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { commitLine as commit } from '../domain/picking.js';
import { lockDevices } from '../persistence/device.repository.js';
import { shipmentOfLine } from '../persistence/shipment.repository.js';
import { applyToLine } from './change-shipment.js';

/** Inventory's yes to our request to pick: the line now has its devices. */
export async function commitLine(tx: Tx, committed: EventData<typeof inventory.ReservationCommitted>): Promise<void> {
  const known = await lockDevices(tx, committed.itemIds);
  const items = committed.itemIds.map((itemId, i) => ({ itemId, bin: committed.bins?.[i] ?? null }));
  const shipmentId = await shipmentOfLine(tx, committed.reservationId);
  await applyToLine(tx, shipmentId, (shipment) => commit(shipment, committed.reservationId, items, known));
}
