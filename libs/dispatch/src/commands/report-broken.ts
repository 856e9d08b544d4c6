import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import type { Fault } from '../domain/device-return.js';
import { deviceOfScan } from '../persistence/device.repository.js';
import { lockReturnsOf, saveReturn } from '../persistence/device-return.repository.js';
import { lockShipment } from '../persistence/shipment.repository.js';
import { getReturn } from '../queries/list-returns.js';
import type { ReturnView } from '../queries/views.js';
import { settings } from '../settings.js';

const DAY_MS = 86_400_000;

export interface BrokenDevice {
  /** Label as scanned, or id. */
  readonly device: string;
  readonly fault: Fault;
}

/**
 * A structure says that a device it was given is broken: it is asked back. One that is asked back already stays so, for the reason it has.
 * A device of another structure is answered as one that was never delivered.
 */
export async function reportBroken(tx: Tx, { device, fault }: BrokenDevice): Promise<ReturnView> {
  const deviceId = await deviceOfScan(tx, device);
  const shipment = await lockShipment(tx, deviceId, 'delivered');
  const item = shipment?.items.find((one) => one.itemId === deviceId && one.state === 'packed');
  const deliveredAt = shipment?.parcels.find(({ id }) => id === item?.parcelId)?.deliveredAt;
  if (!shipment || !item || !deliveredAt) throw new DomainError('device-not-delivered');
  const known = (await lockReturnsOf(tx, shipment.id)).find((one) => one.deviceId === deviceId);
  if (known?.state === 'requested') return getReturn(tx, known.id);
  if (known) throw new DomainError('return-not-in-state', { state: known.state });
  const { afterSalesDays: days } = await settingsOf(tx, settings);
  if (tx.now.getTime() - deliveredAt.getTime() > days * DAY_MS) throw new DomainError('after-sales-ended', { days });
  const saved = await saveReturn(tx, {
    id: v7(), version: 0, state: 'requested', deviceId, shipmentId: shipment.id, reservationId: item.lineId, structureId: shipment.structureId,
    siteId: shipment.siteId, reason: fault,
  });
  return getReturn(tx, saved.id);
}
