import type { Tx } from '@lacollecte/database';
import type { Sweep } from '@lacollecte/runtime';
import { matchWaitingEvidence } from '../commands/match-evidence.js';

/** Evidence and its drive, reported at the same moment in two transactions, did not see each other. */
export async function matchMissed(tx: Tx): Promise<number> {
  const missed = await tx.query<{ serial: string }>(
    `select distinct e.serial from evidence e where e.state = 'waiting' and e.reason = 'drive-unknown'
       and exists (select from drive_serial s where s.serial = e.serial) limit 200`,
  );
  return matchWaitingEvidence(tx, missed.map(({ serial }) => serial));
}

export const matchEvidenceSweep: Sweep = { name: 'refurbishment-match-evidence', everySeconds: 30, run: matchMissed };
