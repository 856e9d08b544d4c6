import type { EventData, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { withdrawItem as withdraw } from '../domain/withdrawal.js';
import { shipmentOfLine } from '../persistence/shipment.repository.js';
import { applyToLine } from './change-shipment.js';
import { dropLine } from './drop-line.js';

/** An item left its reservation on inventory's side. Of a hold with none left nothing is to be planned, even if its acceptance comes later. */
export async function withdrawItem(tx: Tx, event: EventData<typeof inventory.ReservationItemWithdrawn>): Promise<void> {
  const { reservationId, itemId } = event;
  if (event.state === 'held' && event.itemIds.length === 0) {
    await dropLine(tx, { allocationId: reservationId, reason: 'short', free: false });
    return;
  }
  const shipmentId = await shipmentOfLine(tx, reservationId);
  await applyToLine(tx, shipmentId, (shipment) => withdraw(shipment, { reservationId, itemId, remaining: event.itemIds.length }));
}
