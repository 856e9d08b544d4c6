import { type Category, DomainError } from '@lacollecte/contracts';
import type { Device } from './device.js';

export const DRIVE_KINDS = ['nvme', 'ssd', 'hdd', 'internal'] as const;
/** `internal`: the storage of a phone, tablet or printer; `ssd`: SATA and eMMC. */
export type DriveKind = (typeof DRIVE_KINDS)[number];

/** A medium that was ever seen in the device; it stays on its sheet when it is gone. */
export interface Drive {
  readonly id: string;
  /** Normalised; null where it cannot be read: then only a person can match evidence to it. */
  readonly serial: string | null;
  readonly kind: DriveKind;
  /** Decimal GB as sold. */
  readonly sizeGb: number;
  /** An unreadable one cannot be erased, only destroyed. */
  readonly readable: boolean;
  readonly origin: 'original' | 'new' | 'harvested';
  /** Of a new one. */
  readonly purchaseReference: string | null;
  /** In the device, or taken out. */
  readonly present: boolean;
  /** `clean`: new, nothing to erase. */
  readonly status: 'pending' | 'clean' | 'erased' | 'destroyed';
  readonly evidenceId: string | null;
  /** When the tool ended, by its own clock. */
  readonly erasedAt: string | null;
  /** When we learned that it holds no data any more. */
  readonly settledAt: string | null;
  /** Someone may have used it until then: erasures that ended before count for nothing. */
  readonly notBefore: string | null;
  /** Gone and settled before the device came back: says nothing about what is in it now. */
  readonly earlier: boolean;
}

const COMPUTERS: readonly Category[] = ['laptop', 'desktop', 'all-in-one'];
/** Storage is part of the device. */
const WITH_INTERNAL: readonly Category[] = ['smartphone', 'tablet', 'phone'];
const WITHOUT_MEDIUM: readonly Category[] = ['monitor', 'accessory'];

export const isComputer = (category: Category): boolean => COMPUTERS.includes(category);
export const hasInternalStorage = (category: Category): boolean => WITH_INTERNAL.includes(category);
export const holdsNoMedium = (category: Category): boolean => WITHOUT_MEDIUM.includes(category);

/** Serials are compared without case and spaces. */
export function normalSerial(serial: string): string {
  return serial.replace(/\s+/g, '').toUpperCase();
}

/** A drive found in the device by a diagnosis, or the storage that it must have. */
export function foundDrive(found: Pick<Drive, 'id' | 'serial' | 'kind' | 'sizeGb' | 'readable'>): Drive {
  return {
    ...found, origin: 'original', purchaseReference: null, present: true, status: 'pending',
    evidenceId: null, erasedAt: null, settledAt: null, notBefore: null, earlier: false,
  };
}

/**
 * Every data-bearing drive ever seen in it was erased or destroyed; and it is known what it came with: a drive of its own,
 * or the declaration that it has none. Monitors and accessories hold no medium; all else is asked, printers too.
 */
export function erasureDone(device: Pick<Device, 'category' | 'drives' | 'noMediaAt'>): boolean {
  if (device.drives.some((drive) => drive.status === 'pending')) return false;
  if (holdsNoMedium(device.category) || device.noMediaAt !== null) return true;
  return device.drives.some((drive) => drive.origin === 'original' && !drive.earlier);
}

/** The newest erasure, destruction or declaration; of a device that holds no medium, when this stay began. */
export function evidenceTime(device: Pick<Device, 'drives' | 'noMediaAt' | 'openedAt'>): string {
  const times = device.drives.map((drive) => drive.settledAt).filter((time) => time !== null);
  return [...times, device.noMediaAt ?? device.openedAt].reduce((a, b) => (a > b ? a : b));
}

/** A computer that had a drive and has none now is not whole. */
export function needsDrive(device: Pick<Device, 'category' | 'drives'>): boolean {
  return isComputer(device.category) && device.drives.length > 0 && !device.drives.some((drive) => drive.present);
}

/** By id, or by serial; of a device with one drive left to settle, none need be named where it is built in. */
export function driveOf(device: Device, named: { readonly driveId?: string | undefined; readonly serial?: string | null | undefined }): Drive | undefined {
  if (named.driveId !== undefined) return device.drives.find((drive) => drive.id === named.driveId);
  if (named.serial) {
    const serial = normalSerial(named.serial);
    return device.drives.find((drive) => drive.serial === serial);
  }
  const internal = device.drives.filter((drive) => drive.kind === 'internal' && drive.present);
  return internal.length === 1 ? internal[0] : undefined;
}

export function knownDrive(device: Device, named: { readonly driveId?: string | undefined; readonly serial?: string | null | undefined }): Drive {
  const drive = driveOf(device, named);
  if (!drive) throw new DomainError('drive-unknown', { label: device.label, serial: named.serial ?? named.driveId ?? '' });
  return drive;
}

export function withDrive(device: Device, drive: Drive): Device {
  const known = device.drives.some((other) => other.id === drive.id);
  return { ...device, drives: known ? device.drives.map((other) => (other.id === drive.id ? drive : other)) : [...device.drives, drive] };
}
