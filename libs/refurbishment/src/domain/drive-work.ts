import { DomainError } from '@lacollecte/contracts';
import { atWork, type Device, type Outcome, settle, UNCHANGED } from './device.js';
import { type Drive, type DriveKind, knownDrive, withDrive } from './drives.js';
import { fits } from './steps.js';

/** What is put in: a new drive with its purchase reference, or a harvested one whose passing erasure comes with it. */
export interface Installation {
  readonly id: string;
  readonly serial: string;
  readonly kind: DriveKind;
  readonly sizeGb: number;
  readonly origin: 'new' | 'harvested';
  readonly purchaseReference: string | null;
  /** The passing erasure of a harvested one. */
  readonly evidence: { readonly id: string; readonly finishedAt: string } | null;
}

/** A drive not seen before re-opens the grade; erasure follows from what is known of the drive. */
export function installDrive(device: Device, put: Installation, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'install-drive');
  const known = device.drives.find((drive) => drive.serial === put.serial);
  if (known?.present) return UNCHANGED;
  if (known?.status === 'destroyed') throw new DomainError('drive-destroyed', { serial: put.serial });
  if (!known && put.origin === 'new' && put.purchaseReference === null) throw new DomainError('purchase-reference-needed', { serial: put.serial });
  if (!known && put.origin === 'harvested' && put.evidence === null) throw new DomainError('harvested-drive-unerased', { serial: put.serial });
  const drive: Drive = known
    ? { ...known, present: true }
    : {
        id: put.id, serial: put.serial, kind: put.kind, sizeGb: put.sizeGb, readable: true, origin: put.origin,
        purchaseReference: put.purchaseReference, present: true, status: put.origin === 'new' ? 'clean' : 'erased',
        evidenceId: put.evidence?.id ?? null, erasedAt: put.evidence?.finishedAt ?? null, settledAt: put.origin === 'new' ? null : at,
        notBefore: null, earlier: false,
      };
  const next = withDrive({ ...atWork(device), graded: false, grading: null }, drive);
  return settle(next, [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome: 'installed' }], at);
}

/** Taken out, it must still be erased or destroyed before the device is ready. */
export function removeDrive(device: Device, named: { driveId?: string | undefined; serial?: string | undefined }, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'remove-drive');
  const drive = knownDrive(device, named);
  if (!drive.present) return UNCHANGED;
  if (drive.kind === 'internal') throw new DomainError('drive-built-in', { label: device.label });
  const next = withDrive({ ...atWork(device), graded: false, grading: null }, { ...drive, present: false });
  return settle(next, [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome: 'removed' }], at);
}
