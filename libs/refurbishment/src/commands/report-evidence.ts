import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Evidence } from '../domain/erasure.js';
import { keepEvidence, markWaiting } from '../persistence/evidence.repository.js';
import { evidenceByIds } from '../queries/evidence.js';
import { matchWaitingEvidence } from './match-evidence.js';

/** What an erasure station reports, without a label: matched by the drive's serial, else kept in the review queue. */
export async function reportEvidence(tx: Tx, reported: readonly Omit<Evidence, 'id'>[]) {
  const ids: string[] = [];
  // In one order, so that two stations that report the same runs never wait for each other in a circle.
  const ordered = [...reported.entries()].sort(([, a], [, b]) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const [i, report] of ordered) {
    const kept = await keepEvidence(tx, { ...report, id: v7() }, null);
    if (kept.serial === null) await markWaiting(tx, kept.id, 'no-serial');
    ids[i] = kept.id;
  }
  await matchWaitingEvidence(tx, reported.flatMap(({ serial }) => (serial === null ? [] : [serial])));
  const byId = new Map((await evidenceByIds(tx, ids)).map((evidence) => [evidence.id, evidence]));
  return { items: ids.flatMap((id) => byId.get(id) ?? []) };
}

function keyOf({ serial, tool, method, startedAt, finishedAt }: Omit<Evidence, 'id'>): string {
  return [serial, tool, method, startedAt, finishedAt].join(' ');
}
