import type { EventData, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { ReturnReason } from '../domain/device-return.js';
import { type Shipment } from '../domain/shipment.js';
import { recallItem } from '../domain/withdrawal.js';
import { lockReturnsOf, saveReturn } from '../persistence/device-return.repository.js';
import { lockDevices } from '../persistence/device.repository.js';
import { lockShipment, saveShipment } from '../persistence/shipment.repository.js';

const NEWEST = 'select shipment_id from shipment_item where item_id = $1 order by created_at desc limit 1';

/**
 * The device is marked; sees to where it is: pulled from a shipment that has not left, asked back from one that has. A recall that is
 * older than its newest erasure changes nothing.
 */
export async function recallDevice(tx: Tx, recall: EventData<typeof refurbishment.DeviceRecalled>): Promise<void> {
  const { deviceId, code } = recall;
  const known = (await lockDevices(tx, [deviceId])).get(deviceId);
  const place = known?.recalled ? await tx.one<{ shipment_id: string }>(NEWEST, [deviceId]) : undefined;
  const before = place && (await lockShipment(tx, place.shipment_id));
  if (!before) return;
  const after = await saveShipment(tx, before, recallItem(before, deviceId));
  if (after === before) await askBack(tx, before, deviceId, code);
}

/** Opens a return for a device that is with the structure, or on its way there, unless it is accounted for already. */
async function askBack(tx: Tx, shipment: Shipment, deviceId: string, reason: ReturnReason): Promise<void> {
  const away = new Set(shipment.parcels.filter((p) => ['handed-over', 'failed', 'delivered'].includes(p.state)).map((p) => p.id));
  const item = shipment.items.find((i) => i.itemId === deviceId && i.state === 'packed' && i.parcelId !== null && away.has(i.parcelId));
  if (!item) return;
  if ((await lockReturnsOf(tx, shipment.id)).some((r) => r.deviceId === deviceId)) return;
  await saveReturn(tx, {
    id: v7(), version: 0, state: 'requested', deviceId, shipmentId: shipment.id, reservationId: item.lineId, structureId: shipment.structureId,
    siteId: shipment.siteId, reason,
  });
}
