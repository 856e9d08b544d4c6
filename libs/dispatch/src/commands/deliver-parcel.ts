import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { deliverParcel as deliver } from '../domain/carriage.js';
import { moveReturn } from '../domain/device-return.js';
import { devicesOfScans } from '../persistence/device.repository.js';
import { lockReturnsOf, saveReturn } from '../persistence/device-return.repository.js';
import { saveShipment } from '../persistence/shipment.repository.js';
import { describeShipment } from '../queries/get-shipment.js';
import type { ShipmentView } from '../queries/views.js';
import { shipmentFor } from './change-shipment.js';

export interface Delivery {
  readonly shipmentId: string;
  readonly parcelId: string;
  /** Role of who signed. */
  readonly receivedBy: string;
  /** When it was; never later than now. */
  readonly occurredAt?: string;
  /** Devices that should have been in it, as labels or ids. */
  readonly missing: readonly string[];
}

/** The parcel reached the structure, which may say so itself. A missing device is lost until found; its need re-opens. */
export async function deliverParcel(tx: Tx, input: Delivery): Promise<ShipmentView> {
  const before = await shipmentFor(tx, input.shipmentId);
  const scanned = await devicesOfScans(tx, input.missing);
  const missing = scanned.map((device) => {
    if (typeof device !== 'string') throw device;
    return device;
  });
  const returns = await lockReturnsOf(tx, before.id);
  const said = input.occurredAt === undefined ? tx.now : new Date(input.occurredAt);
  const after = await saveShipment(tx, before, deliver(before, input.parcelId, {
    at: said < tx.now ? said : tx.now,
    receivedBy: input.receivedBy,
    missing,
    missingBefore: new Set(returns.filter((r) => r.state === 'lost' || r.state === 'found').map((r) => r.deviceId)),
  }));
  for (const deviceId of after === before ? [] : new Set(missing)) {
    const item = after.items.find((i) => i.itemId === deviceId && i.parcelId === input.parcelId);
    const open = returns.find((r) => r.deviceId === deviceId);
    const lost = open ? moveReturn(open, 'lost', after.siteId) : {
      id: v7(), version: 0, state: 'lost' as const, deviceId, shipmentId: after.id, reservationId: item?.lineId ?? '', structureId: after.structureId,
      siteId: after.siteId, reason: 'missing-at-delivery' as const,
    };
    if (lost) await saveReturn(tx, lost);
  }
  return describeShipment(tx, after);
}
