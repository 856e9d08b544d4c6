import type { EventData, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { withdrawItem as withdraw } from '../domain/withdrawal.js';
import { shipmentOfLine } from '../persistence/shipment.repository.js';
import { applyToLine } from './change-shipment.js';

/** An item left its reservation on inventory's side. */
export async function withdrawItem(tx: Tx, event: EventData<typeof inventory.ReservationItemWithdrawn>): Promise<void> {
  const { reservationId, itemId } = event;
  const shipmentId = await shipmentOfLine(tx, reservationId);
  await applyToLine(tx, shipmentId, (shipment) => withdraw(shipment, { reservationId, itemId, remaining: event.itemIds.length }));
}
