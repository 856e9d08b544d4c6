import type { refurbishment } from '@lacollecte/contracts';
import type { Device, Outcome } from './device.js';
import { recalledFor, settle } from './device.js';
import { holdsNoMedium } from './drives.js';
import { fits } from './steps.js';

/** Parts were taken out of it; what they are is said, what becomes of them is not followed. */
export function harvest(device: Device, parts: readonly string[], at: string): Outcome {
  fits(device, 'harvest');
  return settle({ ...device, state: 'harvested', ending: { reason: device.ending?.reason ?? null, detail: { parts } } }, [{ event: 'DeviceHarvested' }], at);
}

export interface Recycling {
  readonly weightKg: number;
  readonly destination: string;
  /** European waste code, `16 02 14`; with an asterisk where it is dangerous. */
  readonly wasteCode: string;
  readonly pallet: string;
}

export function recycle(device: Device, how: Recycling, at: string): Outcome {
  fits(device, 'recycle');
  const detail = { ...device.ending?.detail, ...how };
  return settle(
    { ...device, state: 'recycled', heldFrom: [], block: null, ending: { reason: device.ending?.reason ?? null, detail }, placedAt: at },
    [{ event: 'DeviceRecycled', ...how }],
    at,
  );
}

export function returnToDonor(device: Device, reason: string, at: string): Outcome {
  fits(device, 'return-to-donor');
  return settle({ ...ended(device, reason), state: 'returned-to-donor', placedAt: at }, [{ event: 'DeviceReturnedToDonor' }], at);
}

export function lose(device: Device, reason: string, at: string): Outcome {
  fits(device, 'lose');
  return settle({ ...ended(device, reason), state: 'lost', placedAt: at }, [{ event: 'DeviceLost' }], at);
}

function ended(device: Device, reason: string): Device {
  return { ...device, heldFrom: [], block: null, blockUntil: null, ending: { reason, detail: {} } };
}

/** It must come back wherever it is: nothing is said of where that is, and what is told of it late still counts. */
export function recall(device: Device, reason: refurbishment.RecallReason, at: string): Outcome {
  fits(device, 'recall');
  return settle({ ...device, state: 'recalled' }, [recalledFor(reason, at)], at);
}

export function find(device: Device, at: string): Outcome {
  fits(device, 'find');
  return receiveAgain(device, device.siteId, at, at);
}

/**
 * Someone may have used it: every check is open again, what is in it must be erased again, and an erasure that ended before
 * counts for nothing.
 * @param since when it came back
 * @param at the transaction's time
 */
export function receiveAgain(device: Device, siteId: string, since: string, at: string): Outcome {
  const drives = device.drives.map((drive) => {
    if (!drive.present) return { ...drive, earlier: drive.status !== 'pending' };
    return { ...drive, origin: 'original' as const, status: 'pending' as const, evidenceId: null, erasedAt: null, settledAt: null, notBefore: since };
  });
  const again: Device = {
    ...device, siteId, state: 'received', drives,
    diagnosed: false, tested: false, graded: false, testResults: null, grading: null, noMediaAt: null,
    heldFrom: [], block: null, blockUntil: null, ending: null, openedAt: at, placedAt: since,
    erased: holdsNoMedium(device.category),
  };
  return settle(again, [{ event: 'DeviceCameBack' }], at);
}
