import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';
import { type Drive, knownDrive } from '../domain/drives.js';
import { recordEvidence } from '../domain/erasure.js';
import { lockById, lockByIds, save } from '../persistence/device.repository.js';
import { lockEvidence, markMatched, markWaiting, type StoredEvidence, type Waiting, waitingFor } from '../persistence/evidence.repository.js';
import { mayActOn } from './find-devices.js';

/** The device's next state with this evidence. @throws DomainError where it cannot count for the drive */
async function match(tx: Tx, device: Device, drive: Drive, evidence: StoredEvidence): Promise<Device> {
  const outcome = recordEvidence(device, drive, evidence, tx.now.toISOString());
  const saved = outcome ? await save(tx, device, outcome, { step: 'erase', payload: { evidenceId: evidence.id, driveId: drive.id } }) : device;
  await markMatched(tx, evidence.id, saved.id, drive.id, saved.version);
  return saved;
}

/**
 * Matches evidence that waits for these drives with the one device that has each; what cannot be matched goes on waiting, with
 * the reason, for a person.
 * @returns how many were matched
 */
export async function matchWaitingEvidence(tx: Tx, serials: readonly string[]): Promise<number> {
  if (serials.length === 0) return 0;
  const places = await tx.query<{ serial: string; deviceId: string }>(
    `select s.serial, s.device_id as "deviceId" from drive_serial s
     where s.serial = any($1) and exists (select from evidence e where e.serial = s.serial and e.state = 'waiting')`,
    [serials],
  );
  if (places.length === 0) return 0;
  const devices = new Map((await lockByIds(tx, places.map(({ deviceId }) => deviceId))).map((device) => [device.id, device]));
  let matched = 0;
  for (const evidence of await waitingFor(tx, places.map(({ serial }) => serial))) {
    const holders = [...devices.values()].flatMap((device) => device.drives.filter((drive) => drive.serial === evidence.serial).map((drive) => ({ device, drive })));
    const inPlace = holders.filter(({ drive }) => drive.present);
    const [one, another] = inPlace.length > 0 ? inPlace : holders;
    if (!one) continue;
    try {
      if (another) throw new DomainError('drive-ambiguous');
      // Scanned with another device's label: a person decides.
      if (evidence.label !== null && evidence.label !== one.device.label) throw new DomainError('other-device');
      devices.set(one.device.id, await match(tx, one.device, one.drive, evidence));
      matched += 1;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await markWaiting(tx, evidence.id, error.code as Waiting);
    }
  }
  return matched;
}

/** A person says which drive evidence is about. */
export async function matchByHand(tx: Tx, input: { evidenceId: string; deviceId: string; driveId: string }): Promise<Device> {
  const device = await lockById(tx, input.deviceId);
  if (!device) throw new DomainError('device-unknown', { identifier: input.deviceId });
  mayActOn(tx.actor, device);
  const evidence = await lockEvidence(tx, input.evidenceId);
  if (!evidence) throw new DomainError('evidence-unknown');
  if (evidence.state !== 'waiting') throw new DomainError('evidence-not-waiting', { state: evidence.state });
  const drive = knownDrive(device, { driveId: input.driveId });
  if (evidence.serial !== null && drive.serial !== null && evidence.serial !== drive.serial) {
    throw new DomainError('serial-differs', { serial: evidence.serial, drive: drive.serial });
  }
  return match(tx, device, drive, evidence);
}
