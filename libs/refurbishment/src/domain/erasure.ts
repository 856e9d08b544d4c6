import { DomainError } from '@lacollecte/contracts';
import { atWork, type Device, type Happening, type Outcome, recalledFor, settle, UNCHANGED } from './device.js';
import { type Drive, type DriveKind, holdsNoMedium, knownDrive, withDrive } from './drives.js';
import { fits } from './steps.js';

/** `clear`: one pass and verify; `sanitize`, `crypto-erase`: purge (NIST 800-88); `verify` erases nothing. */
export const ERASURE_METHODS = ['clear', 'sanitize', 'crypto-erase', 'factory-reset', 'verify'] as const;
export type ErasureMethod = (typeof ERASURE_METHODS)[number];

/** What a tool, or an operator on its behalf, says of one drive. */
export interface Evidence {
  readonly id: string;
  /** Normalised; null where the tool did not see one. */
  readonly serial: string | null;
  readonly tool: string;
  readonly toolVersion: string;
  readonly method: ErasureMethod;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The tool read the medium back after erasing it, without an error. */
  readonly verified: boolean;
  /** Phones and tablets: no account holds it any more. */
  readonly accountUnlinked: boolean;
  readonly result: 'passed' | 'failed' | 'aborted';
}

/** Which methods rid which medium of data. */
const METHODS: Readonly<Record<DriveKind, readonly ErasureMethod[]>> = {
  hdd: ['clear', 'sanitize', 'crypto-erase'],
  ssd: ['sanitize', 'crypto-erase'],
  nvme: ['sanitize', 'crypto-erase'],
  internal: ['factory-reset'],
};

/** Why a passed erasure does not count for this drive, or null where it does. */
export function misfit(drive: Drive, evidence: Evidence): string | null {
  if (!drive.readable) return 'drive-unreadable';
  if (!METHODS[drive.kind].includes(evidence.method)) return 'method-unfit';
  if (evidence.method === 'clear' && !evidence.verified) return 'not-verified';
  if (evidence.method === 'factory-reset' && !evidence.accountUnlinked) return 'account-linked';
  if (drive.notBefore !== null && evidence.finishedAt < drive.notBefore) return 'evidence-too-old';
  return null;
}

/** A passing erasure no longer stands: whatever it covered is open again, and comes back from wherever it is. */
export function distrust(device: Device, drive: Drive, outcome: 'failed' | 'contested', at: string): Outcome {
  const reopened = withDrive(device, { ...drive, status: 'pending', evidenceId: null, erasedAt: null, settledAt: null, notBefore: at });
  const events: Happening[] = [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome }];
  if (device.state !== 'ready' && device.state !== 'delivered') return settle(reopened, events, at);
  return settle({ ...reopened, state: 'recalled' }, [...events, recalledFor(`erasure-${outcome}`, at)], at);
}

/**
 * One drive's evidence, once the drive is known. Passed: it is erased. Failed or aborted: it stays open, and an erasure that
 * ended before no longer stands.
 * @throws DomainError `drive-unreadable`, `method-unfit`, `not-verified`, `account-linked`, `evidence-too-old`: nothing is erased by it
 */
export function recordEvidence(device: Device, drive: Drive, evidence: Evidence, at: string): Outcome | typeof UNCHANGED {
  if (drive.evidenceId === evidence.id) return UNCHANGED;
  if (evidence.result !== 'passed') {
    const stands = drive.status === 'erased' && drive.erasedAt !== null && drive.erasedAt > evidence.finishedAt;
    if (drive.status === 'erased' && !stands) return distrust(device, drive, 'failed', at);
    return settle(atWork(device), [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome: 'failed' }], at);
  }
  const reason = misfit(drive, evidence);
  if (reason !== null) throw new DomainError(reason, { label: device.label, serial: drive.serial ?? '', kind: drive.kind, method: evidence.method });
  if (drive.status === 'destroyed') return UNCHANGED;
  const erased: Drive = { ...drive, status: 'erased', evidenceId: evidence.id, erasedAt: evidence.finishedAt, settledAt: at };
  return settle(atWork(withDrive(device, erased)), [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome: 'erased' }], at);
}

/** Evidence was found wrong. Drives that rely on it are open again, in whatever device they are now. */
export function contestEvidence(device: Device, evidenceId: string, at: string): Outcome | typeof UNCHANGED {
  const drive = device.drives.find((other) => other.evidenceId === evidenceId);
  return drive ? distrust(device, drive, 'contested', at) : UNCHANGED;
}

/** "No data-bearing media": refused where one of its own is known. */
export function declareNoMedia(device: Device, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'declare-no-media');
  if (device.noMediaAt !== null || holdsNoMedium(device.category)) return UNCHANGED;
  if (device.drives.some((drive) => drive.origin === 'original' && !drive.earlier)) throw new DomainError('media-known', { label: device.label });
  return settle({ ...atWork(device), noMediaAt: at }, [{ event: 'MediaDeclaredAbsent' }], at);
}

/** Shredded, crushed or otherwise made unreadable for ever: the device's hardware is another one now. */
export function destroyDrive(device: Device, named: { driveId?: string | undefined; serial?: string | undefined }, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'destroy-drive');
  const drive = knownDrive(device, named);
  if (drive.status === 'destroyed') return UNCHANGED;
  const destroyed = withDrive(device, { ...drive, status: 'destroyed', present: false, settledAt: at });
  const regrade = drive.present ? { graded: false, grading: null } : {};
  return settle({ ...atWork(destroyed), ...regrade }, [{ event: 'DriveEvidenceRecorded', driveId: drive.id, outcome: 'destroyed' }], at);
}
