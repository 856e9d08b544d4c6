import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';
import { contestEvidence as contest } from '../domain/erasure.js';
import { lockByIds, save } from '../persistence/device.repository.js';
import { lockEvidence } from '../persistence/evidence.repository.js';
import { devicesWithDrive } from '../persistence/identifiers.js';

/**
 * An erasure was found wrong: every device whose drive relies on it is open again, and recalled where it has left the workshop.
 * @returns the devices that it covered, as they are now
 */
export async function contestEvidence(tx: Tx, input: { evidenceId: string; reason: string }): Promise<Device[]> {
  const evidence = await lockEvidence(tx, input.evidenceId);
  if (!evidence) throw new DomainError('evidence-unknown');
  if (evidence.state !== 'matched') throw new DomainError('evidence-not-matched', { state: evidence.state });
  const ids = new Set([evidence.deviceId!, ...(evidence.serial === null ? [] : await devicesWithDrive(tx, evidence.serial))]);
  const covered: Device[] = [];
  for (const device of await lockByIds(tx, [...ids])) {
    const outcome = contest(device, evidence.id, tx.now.toISOString());
    if (outcome) covered.push(await save(tx, device, outcome, { step: 'contest', payload: input }));
  }
  await tx.execute(`update evidence set state = 'contested', reason = $2 where id = $1`, [evidence.id, input.reason]);
  return covered;
}
