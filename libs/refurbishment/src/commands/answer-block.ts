import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { unblock } from '../domain/holds.js';
import { lockById, save } from '../persistence/device.repository.js';

/** The donor did what a device of its own waits for: it returns where it was, and the answer is in its history. */
export async function answerBlock(tx: Tx, input: { deviceId: string; answer: string }): Promise<void> {
  const device = await lockById(tx, input.deviceId);
  if (!device || device.donorId !== tx.actor.organisationId) throw new DomainError('not-found');
  if (device.state !== 'blocked' || !device.block?.onDonor) throw new DomainError('nothing-to-answer', { label: device.label });
  await save(tx, device, unblock(device, tx.now.toISOString()), { step: 'donor-answer', payload: { answer: input.answer } });
}
