import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';
import { type Drive, type DriveKind, foundDrive } from '../domain/drives.js';
import { misfit } from '../domain/erasure.js';
import { waitingFor } from '../persistence/evidence.repository.js';

interface Other {
  readonly label: string;
  readonly drives: readonly Drive[];
}

/**
 * The passing erasure that comes with a harvested drive: the one that stands where it was taken out, or one that waits for a
 * loose drive of this serial. Null where there is none.
 * @throws DomainError `drive-elsewhere` where it is still in another device
 */
export async function erasureOfHarvested(tx: Tx, device: Device, put: { serial: string; kind: DriveKind; sizeGb: number }): Promise<{ id: string; finishedAt: string } | null> {
  const others = await tx.query<Other>(
    `select d.label, d.drives from device d join drive_serial s on s.device_id = d.id where s.serial = $1 and d.id <> $2 order by d.id`,
    [put.serial, device.id],
  );
  const known = others.map(({ label, drives }) => ({ label, drive: drives.find((drive) => drive.serial === put.serial) }));
  const inPlace = known.find(({ drive }) => drive?.present);
  if (inPlace) throw new DomainError('drive-elsewhere', { serial: put.serial, label: inPlace.label });
  if (known.some(({ drive }) => drive?.status === 'pending' || drive?.status === 'destroyed')) return null;
  const standing = known.map(({ drive }) => drive).find((drive): drive is Drive => drive?.status === 'erased');
  if (standing?.evidenceId && standing.erasedAt) {
    // Locked, so that whoever contests it afterwards finds this device too.
    const stands = await tx.one(`select from evidence where id = $1 and state = 'matched' for share`, [standing.evidenceId]);
    return stands ? { id: standing.evidenceId, finishedAt: standing.erasedAt } : null;
  }
  const loose = foundDrive({ id: device.id, ...put, readable: true });
  const passed = (await waitingFor(tx, [put.serial])).findLast((evidence) => evidence.result === 'passed' && misfit(loose, evidence) === null);
  return passed ? { id: passed.id, finishedAt: passed.finishedAt } : null;
}
