import type { Tx } from '@lacollecte/database';
import { cancelShipment as cancel } from '../domain/withdrawal.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** Nothing more of it is sent; what lies in parcels is scanned back to a bin (`takeOut`). */
export function cancelShipment(tx: Tx, input: { shipmentId: string; reason: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => cancel(shipment, input.reason));
}
