import type { Device, Ending, Outcome } from './device.js';
import { settle, UNCHANGED } from './device.js';
import { fits } from './steps.js';

/** Why a device waits, and whether it waits for its donor. */
export const BLOCK_REASONS = {
  'account-lock': { onDonor: true },
  enrolment: { onDonor: true },
  'bios-password': { onDonor: true },
  'donor-answer': { onDonor: true },
  'part-awaited': { onDonor: false },
} as const;
export type BlockReason = keyof typeof BLOCK_REASONS;

export const REJECTION_REASONS = ['age', 'beyond-repair', 'grade', 'donor-silent', 'dangerous', 'incomplete', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Holds it and remembers where it was. */
function hold(device: Device, state: Device['state']): Device {
  return { ...device, state, heldFrom: [...device.heldFrom, device.state] };
}

/** Back where it was. */
function release(device: Device): Device {
  return { ...device, state: device.heldFrom.at(-1) ?? 'in-workshop', heldFrom: device.heldFrom.slice(0, -1) };
}

/** @param blockDays how long the donor has to answer */
export function block(device: Device, what: { reason: BlockReason; note: string | null }, blockDays: number, at: string): Outcome {
  fits(device, 'block');
  const { onDonor } = BLOCK_REASONS[what.reason];
  const held = { ...hold(device, 'blocked'), block: { ...what, onDonor }, blockUntil: onDonor ? daysAfter(at, blockDays) : null };
  return settle(held, [{ event: 'DeviceBlocked' }], at);
}

export function unblock(device: Device, at: string): Outcome {
  fits(device, 'unblock');
  return settle({ ...release(device), block: null, blockUntil: null }, [{ event: 'DeviceUnblocked' }], at);
}

export function startRepair(device: Device, at: string): Outcome {
  fits(device, 'start-repair');
  return settle(hold(device, 'repairing'), [{ event: 'RepairStarted' }], at);
}

/** A repaired device is another one to use: it is tested and graded again. */
export function finishRepair(device: Device, at: string): Outcome {
  fits(device, 'finish-repair');
  const repaired = { ...release(device), tested: false, testResults: null, graded: false, grading: null };
  return settle(repaired, [{ event: 'RepairFinished' }], at);
}

/** Rejected, without an opinion on whether it may be. */
export function putAside(device: Device, ending: Ending): Device {
  return { ...hold(device, 'rejected'), ending, blockUntil: null };
}

export function reject(device: Device, why: { reason: RejectionReason; note: string | null }, at: string): Outcome {
  fits(device, 'reject');
  return settle(putAside(device, { reason: why.reason, detail: why.note === null ? {} : { note: why.note } }), [{ event: 'DeviceRejected' }], at);
}

/** Back where it was; where it waited for its donor, the donor gets the time again. */
export function undoRejection(device: Device, blockDays: number, at: string): Outcome {
  fits(device, 'undo-rejection');
  const back = release(device);
  const blockUntil = back.state === 'blocked' && back.block?.onDonor ? daysAfter(at, blockDays) : null;
  return settle({ ...back, ending: null, blockUntil }, [{ event: 'RejectionUndone' }], at);
}

/** The donor did not answer in time. Nothing where the donor did meanwhile. */
export function expireBlock(device: Device, at: string): Outcome | typeof UNCHANGED {
  if (device.state !== 'blocked' || device.blockUntil === null || device.blockUntil > at) return UNCHANGED;
  return reject(device, { reason: 'donor-silent', note: null }, at);
}

function daysAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString();
}
