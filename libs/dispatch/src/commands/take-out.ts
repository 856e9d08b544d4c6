import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { takeOut as remove } from '../domain/packing.js';
import { deviceOfScan } from '../persistence/device.repository.js';
import { saveShipment } from '../persistence/shipment.repository.js';
import { describeShipment } from '../queries/get-shipment.js';
import type { ShipmentView } from '../queries/views.js';
import { shipmentFor } from './change-shipment.js';

const BINS = 'select bins from site where id = $1';

/** A device comes out of its parcel, into a bin of the site: to be picked again, or back to stock where its line is dropped. */
export async function takeOut(tx: Tx, input: { shipmentId: string; device: string; bin: string }): Promise<ShipmentView> {
  const { bin } = input;
  const before = await shipmentFor(tx, input.shipmentId);
  const itemId = await deviceOfScan(tx, input.device);
  const site = await tx.one<{ bins: string[] }>(BINS, [before.siteId]);
  const known = !site || site.bins.length === 0 || site.bins.includes(bin) || before.items.some((item) => item.bin === bin);
  if (!known) throw new DomainError('bin-unknown', { bin });
  return describeShipment(tx, await saveShipment(tx, before, remove(before, itemId, bin)));
}
