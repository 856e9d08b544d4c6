import { matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Sweep } from '@lacollecte/runtime';
import { accept } from '../domain/allocation.js';
import { Book } from '../persistence/book.js';

/** Rows of one transaction. */
const MOST = 200;

async function due(tx: Tx, text: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(text, [tx.now, MOST]);
  return rows.map((row) => row.id);
}

/** Silence accepts what was held for 3 days (a). */
export async function acceptSilently(tx: Tx): Promise<number> {
  const ids = await due(tx, `select id from allocation where state = 'held' and answer_by <= $1 order by answer_by limit $2`);
  if (ids.length === 0) return 0;
  const book = await Book.ofAllocations(tx, ids);
  for (const id of ids) book.apply(id, (allocation) => (allocation.state === 'held' ? accept(allocation, allocation.quantity) : null));
  await book.save();
  return ids.length;
}

/** What is still open of a need that nobody reconfirmed is asked for no longer; what was promised stands. */
export async function expireNeeds(tx: Tx): Promise<number> {
  const ids = await due(tx, `select id from need where state in ('submitted', 'approved', 'partly-allocated') and expires_at <= $1 order by expires_at limit $2`);
  if (ids.length === 0) return 0;
  const book = await Book.ofNeeds(tx, ids);
  for (const id of ids) {
    if (['submitted', 'approved', 'partly-allocated'].includes(book.need(id)!.state)) book.close(id, 'expired', matching.NeedExpired);
  }
  await book.save();
  return ids.length;
}

/** A need of urgency 4 that no coordinator decided in time comes first in the inbox from now on. */
export async function escalateNeeds(tx: Tx): Promise<number> {
  const ids = await due(tx, `select id from need where state = 'submitted' and escalated_at is null and decide_by <= $1 order by decide_by limit $2`);
  if (ids.length === 0) return 0;
  const book = await Book.ofNeeds(tx, ids);
  const waiting = ids.filter((id) => book.need(id)!.state === 'submitted');
  for (const id of waiting) book.change(id, 'submitted', matching.NeedEscalated);
  await tx.execute(`update need set escalated_at = $2 where id = any($1::uuid[])`, [waiting, tx.now]);
  await book.save();
  return ids.length;
}

export const deadlineSweeps: readonly Sweep[] = [
  { name: 'matching-accept-silently', everySeconds: 60, run: acceptSilently },
  { name: 'matching-expire-needs', everySeconds: 300, run: expireNeeds },
  { name: 'matching-escalate-needs', everySeconds: 30, run: escalateNeeds },
];
