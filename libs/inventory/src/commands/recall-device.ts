import type { EventData, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fits, isSentBack, newestReady, recall } from '../domain/item.js';
import { withdraw } from '../domain/reservation.js';
import { saveItems } from '../persistence/item.repository.js';
import { lockPlaced } from '../persistence/placed-item.js';
import { mark } from '../persistence/recall-mark.repository.js';
import { saveReservations } from '../persistence/reservation.repository.js';

/**
 * Marks the device, known or not, and takes its item out of stock and out of its reservation. What has left the site is
 * only marked: dispatch asks for its return. A recall that newer evidence has already answered changes nothing.
 */
export async function recallDevice(tx: Tx, device: EventData<typeof refurbishment.DeviceRecalled>): Promise<void> {
  const recalledAt = new Date(device.recalledAt);
  const placed = await lockPlaced(tx, device.deviceId);
  if (placed && newestReady(placed.item).evidenceAt > recalledAt) return;
  await mark(tx, device.deviceId, recalledAt, device.reason);
  if (!placed) return;
  const { item, reservation } = placed;
  if (!fits(item, 'recall') || isSentBack(item)) return;
  await saveItems(tx, [recall(item)]);
  if (reservation) await saveReservations(tx, [withdraw(reservation, item.id)]);
}
