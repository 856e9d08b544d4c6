import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Device } from '../domain/device.js';
import { driveOf } from '../domain/drives.js';
import { type Evidence, misfit, recordEvidence } from '../domain/erasure.js';
import type { StepInput } from '../http/steps.schemas.js';
import { keepEvidence, markMatched, markWaiting } from '../persistence/evidence.repository.js';
import { devicesWithDrive } from '../persistence/identifiers.js';
import type { Performed } from './perform-step.js';

type EraseInput = Extract<StepInput, { step: 'erase' }>;

/**
 * Evidence for one drive of a device that was scanned. Where its serial is none of the device's drives, or it names none and
 * the device could hold several, it is kept in the review queue.
 * @throws DomainError where an erasure that passed cannot count for the drive: whoever scans is told at once
 */
export async function performErasure(tx: Tx, device: Device, input: EraseInput, at: string): Promise<Performed> {
  const evidence: Evidence = { ...input, id: v7() };
  const named = driveOf(device, input);
  const drive = named && named.serial !== null && input.serial !== null && named.serial !== input.serial ? undefined : named;
  const unfit = drive && input.result === 'passed' ? misfit(drive, evidence) : null;
  if (drive && unfit !== null) throw new DomainError(unfit, { label: device.label, serial: drive.serial ?? '', kind: drive.kind, method: input.method });

  const kept = await keepEvidence(tx, evidence, device.label);
  if (kept.state === 'contested') throw new DomainError('evidence-contested', { evidenceId: kept.id });
  if (kept.state === 'matched') {
    if (kept.deviceId !== device.id) throw new DomainError('evidence-of-other-device', { label: device.label });
    return { outcome: null };
  }
  if (!drive) {
    const elsewhere = input.serial !== null && (await devicesWithDrive(tx, input.serial)).length > 0;
    await markWaiting(tx, kept.id, input.serial === null ? 'no-serial' : elsewhere ? 'other-device' : 'drive-unknown');
    return { outcome: null, review: kept.id };
  }
  const outcome = recordEvidence(device, drive, kept, at);
  if (outcome === null) await markMatched(tx, kept.id, device.id, drive.id, device.version);
  return { outcome, followUp: (saved) => markMatched(tx, kept.id, saved.id, drive.id, saved.version) };
}
