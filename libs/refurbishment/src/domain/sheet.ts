import type { Category } from '@lacollecte/contracts';
import { equal } from './equal.js';
import { type Device, type Outcome, settle, UNCHANGED } from './device.js';
import { type Drive, foundDrive, hasInternalStorage, holdsNoMedium, normalSerial } from './drives.js';
import { DomainError } from '@lacollecte/contracts';

export interface SheetEdit {
  readonly maker?: string | null;
  readonly model?: string | null;
  readonly serial?: string | null;
  readonly imei?: string | null;
  readonly assetTag?: string | null;
  readonly category?: Category;
}

/** The storage that a phone or tablet has by itself, known before anyone looks. */
export function internalDrive(id: string, device: Pick<Device, 'category' | 'serial' | 'imei'>): Drive | null {
  if (!hasInternalStorage(device.category)) return null;
  const serial = device.imei ?? device.serial;
  return foundDrive({ id, serial: serial === null ? null : normalSerial(serial), kind: 'internal', sizeGb: 0, readable: true });
}

/**
 * Corrects what the sheet says of the device while it is in the workshop. Another category has other media, tests and rules:
 * every check is open again.
 * @param driveId for the storage that the new category has by itself
 */
export function edit(device: Device, change: SheetEdit, driveId: string, at: string): Outcome | typeof UNCHANGED {
  const identity = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as SheetEdit;
  const edited: Device = { ...device, ...identity };
  if (equal(edited, device)) return UNCHANGED;
  if (edited.category === device.category) return settle(edited, [{ event: 'DeviceEdited' }], at);
  if (!['received', 'in-workshop', 'repairing', 'blocked'].includes(device.state)) throw new DomainError('category-settled', { label: device.label, state: device.state });
  const internal = edited.drives.some((drive) => drive.kind === 'internal') ? null : internalDrive(driveId, edited);
  const reopened: Device = {
    ...edited, diagnosed: false, tested: false, testResults: null, graded: false, grading: null,
    drives: internal ? [...edited.drives, internal] : edited.drives,
    erased: holdsNoMedium(edited.category),
  };
  return settle(reopened, [{ event: 'DeviceEdited' }], at);
}
