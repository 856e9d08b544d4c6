import { DomainError } from '@lacollecte/contracts';
import { equal } from './equal.js';
import { atWork, type Device, type Happening, type Outcome, settle, UNCHANGED } from './device.js';
import { type Drive, type DriveKind, foundDrive, hasInternalStorage, holdsNoMedium, isComputer } from './drives.js';
import { fits } from './steps.js';
import { putAside } from './holds.js';

/** What grading needs to know; null where it could not be read. */
export interface Hardware {
  readonly cpu: string | null;
  /** PassMark CPU mark of a computer. */
  readonly cpuMark: number | null;
  /** As seen; a rule set rounds it to the modules installed (15.35 → 16). */
  readonly ramGb: number | null;
  /** AnTuTu or like of a phone or tablet. */
  readonly benchmark: number | null;
  /** Of a phone or tablet. */
  readonly storageGb: number | null;
}

export interface FoundDrive {
  /** Of the drive, should it be one not seen before. */
  readonly id: string;
  readonly serial: string | null;
  readonly kind: DriveKind;
  readonly sizeGb: number;
  readonly readable: boolean;
}

export interface Diagnosis {
  readonly hardware: Hardware;
  readonly drives: readonly FoundDrive[];
  /** Only what differs from the sheet. */
  readonly identity: Partial<Pick<Device, 'maker' | 'model' | 'serial' | 'imei' | 'assetTag'>>;
  /** Asked where the age is not known and decides (REEN law, art. 16). */
  readonly olderThanTenYears: boolean | null;
  /** Taken out, and destroyed or given back. */
  readonly cards: { readonly sim: number; readonly sd: number } | null;
}

function checkKinds(device: Device, drives: readonly FoundDrive[]): void {
  const unfit = drives.findIndex(
    ({ kind }) => holdsNoMedium(device.category) || (isComputer(device.category) ? kind === 'internal' : hasInternalStorage(device.category) && kind !== 'internal'),
  );
  if (unfit >= 0) {
    throw new DomainError('drive-kind-unfit', { category: device.category, kind: drives[unfit]!.kind }, [{ pointer: `/drives/${unfit}/kind`, code: 'drive-kind-unfit' }]);
  }
}

/** The known drive that a found one is: by serial; without one, by kind and size, each once; of a phone, its storage. */
function recognise(known: readonly Drive[], found: FoundDrive, taken: ReadonlySet<string>): Drive | undefined {
  const free = known.filter((drive) => !taken.has(drive.id) && drive.status !== 'destroyed');
  const bySerial = found.serial === null ? undefined : free.find((drive) => drive.serial === found.serial);
  if (bySerial) return bySerial;
  if (found.kind === 'internal') return free.find((drive) => drive.kind === 'internal' && drive.present);
  if (found.serial !== null) return undefined;
  return free.find((drive) => drive.serial === null && drive.kind === found.kind && drive.sizeGb === found.sizeGb);
}

/** Drives stay on the sheet for ever; one that turns out to be of another kind must be erased as that kind demands. */
function mergeDrives(device: Device, found: readonly FoundDrive[]): readonly Drive[] {
  const taken = new Set<string>();
  const drives = [...device.drives];
  for (const one of found) {
    if (device.drives.some((drive) => drive.serial === one.serial && one.serial !== null && drive.status === 'destroyed')) {
      throw new DomainError('drive-destroyed', { serial: one.serial ?? '' });
    }
    const known = recognise(device.drives, one, taken);
    if (!known) {
      drives.push(foundDrive(one));
      continue;
    }
    taken.add(known.id);
    const again = known.kind !== one.kind && known.status === 'erased' ? { status: 'pending' as const, evidenceId: null, erasedAt: null, settledAt: null } : {};
    const { kind, sizeGb, readable } = one;
    drives[drives.findIndex((drive) => drive.id === known.id)] = { ...known, kind, sizeGb, readable, serial: one.serial ?? known.serial, present: true, ...again };
  }
  return drives;
}

/** Its storage is as large as the diagnosis says, even where no drive was listed. */
function sizeInternal(device: Device, drives: readonly Drive[], storageGb: number | null): readonly Drive[] {
  if (!hasInternalStorage(device.category) || storageGb === null) return drives;
  return drives.map((drive) => (drive.kind === 'internal' && drive.present ? { ...drive, sizeGb: storageGb } : drive));
}

/**
 * The hardware is known. Done again with the same content it changes nothing; one that differs re-opens the grade, a drive
 * not seen before re-opens erasure as well, and voids the declaration that there was none.
 * @throws DomainError `age-needed` where the device's age decides and is not said
 */
export function diagnose(device: Device, found: Diagnosis, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'diagnose');
  if (device.recycleForAge === null && found.olderThanTenYears === null) {
    throw new DomainError('age-needed', { label: device.label }, [{ pointer: '/olderThanTenYears', code: 'age-needed' }]);
  }
  checkKinds(device, found.drives);
  const drives = sizeInternal(device, mergeDrives(device, found.drives), found.hardware.storageGb);
  const seen: Device = {
    ...device,
    ...found.identity,
    recycleForAge: device.recycleForAge ?? found.olderThanTenYears,
    diagnosed: true,
    hardware: found.hardware,
    drives,
    noMediaAt: drives.some((drive) => drive.origin === 'original' && !drive.earlier) ? null : device.noMediaAt,
    simCards: found.cards?.sim ?? device.simCards,
    sdCards: found.cards?.sd ?? device.sdCards,
  };
  if (equal(seen, device)) return UNCHANGED;
  const regraded: Device = { ...atWork(seen), graded: false, grading: null };
  const events: Happening[] = [{ event: 'DeviceDiagnosed' }];
  if (device.recycleForAge === null && found.olderThanTenYears) {
    return settle(putAside(regraded, { reason: 'age', detail: {} }), [...events, { event: 'DeviceRejected' }], at);
  }
  return settle(regraded, events, at);
}
