import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { openParcel as open } from '../domain/packing.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** A new empty parcel: the last of `parcels` in the answer. */
export function openParcel(tx: Tx, input: { shipmentId: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => open(shipment, v7(), tx.now));
}
