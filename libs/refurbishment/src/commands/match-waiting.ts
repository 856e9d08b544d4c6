import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Outcome } from '../domain/device.js';
import { recordEvidence } from '../domain/erasure.js';
import { markMatched, markWaiting, type Waiting, waitingFor } from '../persistence/evidence.repository.js';
import type { Performed } from './perform-step.js';

/** Adds to a command's outcome what evidence that waited says of these drives. What does not fit goes on waiting, with the reason. */
export async function matchWaiting(tx: Tx, begun: Outcome, serials: readonly string[], at: string): Promise<Performed> {
  if (serials.length === 0) return { outcome: begun };
  let outcome = begun;
  const matched: { evidenceId: string; driveId: string }[] = [];
  for (const evidence of await waitingFor(tx, serials)) {
    const drive = outcome.device.drives.find((one) => one.serial === evidence.serial);
    if (!drive) continue;
    try {
      // Scanned with another device's label: a person decides.
      if (evidence.label !== null && evidence.label !== outcome.device.label) throw new DomainError('other-device');
      const next = recordEvidence(outcome.device, drive, evidence, at);
      if (next) outcome = { device: next.device, events: [...outcome.events, ...next.events] };
      matched.push({ evidenceId: evidence.id, driveId: drive.id });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await markWaiting(tx, evidence.id, error.code as Waiting);
    }
  }
  return {
    outcome,
    followUp: async (saved) => {
      for (const { evidenceId, driveId } of matched) await markMatched(tx, evidenceId, saved.id, driveId, saved.version);
    },
  };
}
