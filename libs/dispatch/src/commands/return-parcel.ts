import type { Tx } from '@lacollecte/database';
import { returnParcel as back } from '../domain/carriage.js';
import { contentOf } from '../domain/shipment.js';
import { moveReturn } from '../domain/device-return.js';
import { lockReturnsOf, saveReturn } from '../persistence/device-return.repository.js';
import { saveShipment } from '../persistence/shipment.repository.js';
import { describeShipment } from '../queries/get-shipment.js';
import type { ShipmentView } from '../queries/views.js';
import { shipmentFor } from './change-shipment.js';

/** A failed parcel is back at the site. Devices in it that had been asked back have come back with it. */
export async function returnParcel(tx: Tx, input: { shipmentId: string; parcelId: string; sealIntact: boolean }): Promise<ShipmentView> {
  const before = await shipmentFor(tx, input.shipmentId);
  const after = await saveShipment(tx, before, back(before, input.parcelId, input.sealIntact, tx.now));
  const content = new Set(contentOf(after, input.parcelId).map((device) => device.itemId));
  for (const open of await lockReturnsOf(tx, after.id)) {
    const received = open.state === 'requested' && content.has(open.deviceId) ? moveReturn(open, 'received', after.siteId) : undefined;
    if (received) await saveReturn(tx, received);
  }
  return describeShipment(tx, after);
}
