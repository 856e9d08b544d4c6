import type { Tx } from '@lacollecte/database';
import { reportMissing as report } from '../domain/picking.js';
import { deviceOfScan } from '../persistence/device.repository.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** The device is not in its bin: inventory is asked for another. */
export async function reportMissing(tx: Tx, input: { shipmentId: string; device: string }): Promise<ShipmentView> {
  const itemId = await deviceOfScan(tx, input.device);
  return changeShipment(tx, input.shipmentId, (shipment) => report(shipment, itemId));
}
