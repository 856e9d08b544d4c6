import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import type { Device } from '../domain/device.js';
import { undo } from '../domain/undo.js';
import { unmatch } from '../persistence/evidence.repository.js';
import { crossOut, lastStep } from '../persistence/step.repository.js';
import { settings } from '../settings.js';
import type { Performed } from './perform-step.js';

/** Takes back the last step of one's own, as an event; evidence that it matched waits again. */
export async function performUndo(tx: Tx, device: Device, _: object, at: string): Promise<Performed> {
  const last = await lastStep(tx, device.id);
  if (!last) throw new DomainError('nothing-to-undo', { label: device.label });
  const { undoMinutes } = await settingsOf(tx, settings);
  return {
    outcome: undo(device, last, { by: tx.actor.subject, undoMinutes }, at),
    followUp: async () => {
      await crossOut(tx, last.position, at);
      await unmatch(tx, device.id, last.version);
    },
  };
}
