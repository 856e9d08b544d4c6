import type { Tx } from '@lacollecte/database';
import type { Sweep } from '@lacollecte/runtime';
import { expireBlock } from '../domain/holds.js';
import { lockByIds, save } from '../persistence/device.repository.js';

/** Donors that did not answer in time: their devices are rejected. */
export async function expireBlocks(tx: Tx): Promise<number> {
  const due = await tx.query<{ id: string }>('select id from device where block_until <= now() order by block_until limit 200');
  let expired = 0;
  for (const device of await lockByIds(tx, due.map(({ id }) => id))) {
    const outcome = expireBlock(device, tx.now.toISOString());
    if (!outcome) continue;
    await save(tx, device, outcome, { step: 'reject', payload: { reason: 'donor-silent' } });
    expired += 1;
  }
  return expired;
}

export const expireBlocksSweep: Sweep = { name: 'refurbishment-expire-blocks', everySeconds: 60, run: expireBlocks };
