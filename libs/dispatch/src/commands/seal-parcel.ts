import type { Tx } from '@lacollecte/database';
import { reopenParcel as reopen, sealParcel as seal } from '../domain/packing.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** Closes a parcel with a numbered seal. */
export function sealParcel(tx: Tx, input: { shipmentId: string; parcelId: string; seal: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => seal(shipment, input.parcelId, input.seal, tx.now));
}

/** Breaks the seal before the parcel left. */
export function reopenParcel(tx: Tx, input: { shipmentId: string; parcelId: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => reopen(shipment, input.parcelId));
}
