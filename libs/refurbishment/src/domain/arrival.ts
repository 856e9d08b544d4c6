import type { Category } from '@lacollecte/contracts';
import { type Device, type Happening, type Outcome, settle } from './device.js';
import { putAside } from './holds.js';
import { internalDrive } from './sheet.js';

/** What intake says of a device that was scanned in. */
export interface Arrival {
  readonly id: string;
  readonly lotId: string;
  readonly donorId: string;
  readonly siteId: string;
  readonly label: string;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly aliases: readonly string[];
  readonly earmark: string | null;
  readonly recycleForAge: boolean | null;
}

/**
 * A device begins, all checks open; too old a one of a public body goes straight to recycling.
 * @param driveId for the storage that a phone or tablet has by itself
 */
export function arrive({ aliases: _, ...arrival }: Arrival, driveId: string, at: string): Outcome {
  const internal = internalDrive(driveId, arrival);
  const device: Device = {
    id: arrival.id, version: 1, state: 'received', lotId: arrival.lotId, donorId: arrival.donorId, siteId: arrival.siteId, label: arrival.label,
    category: arrival.category, earmark: arrival.earmark, maker: arrival.maker, model: arrival.model, serial: arrival.serial, imei: arrival.imei,
    assetTag: null, recycleForAge: arrival.recycleForAge, diagnosed: false, erased: false, tested: false, graded: false, hardware: null,
    drives: internal ? [internal] : [], noMediaAt: null, simCards: 0, sdCards: 0, testResults: null, grading: null, heldFrom: [], block: null,
    blockUntil: null, ending: null, openedAt: at, placedAt: at,
  };
  const arrived: Happening = { event: 'DeviceArrived' };
  if (!arrival.recycleForAge) return settle(device, [arrived], at);
  return settle(putAside(device, { reason: 'age', detail: {} }), [arrived, { event: 'DeviceRejected' }], at);
}
