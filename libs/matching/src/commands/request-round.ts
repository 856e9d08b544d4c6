import { matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append, enqueue } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { RunRound } from '../jobs/run-round.job.js';

export type RoundTrigger = 'hourly' | 'urgent' | 'coordinator';

/** Starts a round, unless one is open (a unique index sees to it): then null. `alpha`: another than the one that is set, for this round. */
export async function requestRound(tx: Tx, trigger: RoundTrigger, { alpha }: { readonly alpha?: number | undefined } = {}): Promise<string | null> {
  const id = v7();
  const inserted = await tx.execute(
    `insert into round (id, version, state, trigger, requested_by, created_at) values ($1, 1, 'requested', $2, $3, $4) on conflict ((true)) where state = 'requested' do nothing`,
    [id, trigger, tx.actor.subject, tx.now],
  );
  if (inserted === 0) return null;
  append(tx, matching.RoundRequested, { key: id, version: 1 }, { roundId: id, state: 'requested', allocations: 0, devices: 0, solver: null });
  await enqueue(tx, RunRound, { roundId: id, ...(alpha !== undefined && { alpha }) });
  return id;
}
