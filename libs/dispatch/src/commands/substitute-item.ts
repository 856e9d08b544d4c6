import type { EventData, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { substituteItem as substitute } from '../domain/picking.js';
import { lockDevices } from '../persistence/device.repository.js';
import { shipmentOfLine } from '../persistence/shipment.repository.js';
import { applyToLine } from './change-shipment.js';

/** Inventory's answer to our request for another device. */
export async function substituteItem(tx: Tx, answer: EventData<typeof inventory.ReservationSubstituted>): Promise<void> {
  const { reservationId, missingItemId, replacementItemId, replacementBin } = answer;
  const known = replacementItemId ? (await lockDevices(tx, [replacementItemId])).get(replacementItemId) : undefined;
  const replacement = replacementItemId ? { itemId: replacementItemId, bin: replacementBin ?? null } : null;
  const shipmentId = await shipmentOfLine(tx, reservationId);
  await applyToLine(tx, shipmentId, (shipment) => substitute(shipment, { reservationId, missingItemId, replacement }, known));
}
