import type { Tx } from '@lacollecte/database';
import { failParcel as fail, handOverParcel as handOver, retryParcel as retry } from '../domain/carriage.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

interface Parcel {
  readonly shipmentId: string;
  readonly parcelId: string;
}

/** A sealed parcel leaves the site; `takenBy` is a role. */
export function handOverParcel(tx: Tx, input: Parcel & { takenBy: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => handOver(shipment, input.parcelId, input.takenBy, tx.now));
}

/** It could not be delivered. */
export function failParcel(tx: Tx, input: Parcel & { reason: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => fail(shipment, input.parcelId, input.reason, tx.now));
}

/** A failed parcel leaves again. */
export function retryParcel(tx: Tx, input: Parcel & { takenBy: string }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => retry(shipment, input.parcelId, input.takenBy, tx.now));
}
