import type { Tx } from '@lacollecte/database';
import { startPicking as start } from '../domain/picking.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** Asks inventory to commit every reservation of the shipment; the pick list fills as it answers. */
export function startPicking(tx: Tx, input: { shipmentId: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => start(shipment, tx.now));
}
