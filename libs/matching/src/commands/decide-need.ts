import { DomainError, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { requireTransition } from '../domain/need.js';
import { MOST_URGENT } from '../domain/round/problem.js';
import { Book } from '../persistence/book.js';
import { type NeedView, viewNeed } from '../queries/view-need.js';
import { requestRound } from './request-round.js';

interface Decision {
  readonly needId: string;
  readonly version: number;
}

/** The need, seen at that version. @throws DomainError need-not-found, stale-version */
export async function openNeed(tx: Tx, { needId, version }: Decision): Promise<Book> {
  const book = await Book.ofNeeds(tx, [needId]);
  const need = book.need(needId);
  if (!need) throw new DomainError('need-not-found');
  if (need.version !== version) throw new DomainError('stale-version');
  return book;
}

/** A coordinator approves, perhaps at another urgency; urgency 4 starts a round at once (or right after the one that runs). */
export async function approveNeed(tx: Tx, input: Decision & { readonly urgencies: readonly { readonly lineId: string; readonly urgency: number }[] }): Promise<NeedView> {
  const book = await openNeed(tx, input);
  requireTransition(book.need(input.needId)!, 'approved');
  for (const { lineId } of input.urgencies) {
    if (book.line(lineId)?.needId !== input.needId) throw new DomainError('line-not-found', { lineId });
  }
  await tx.execute(`update need_line l set urgency = v.urgency from unnest($1::uuid[], $2::int[]) as v(id, urgency) where l.id = v.id`, [
    input.urgencies.map((u) => u.lineId), input.urgencies.map((u) => u.urgency),
  ]);
  book.change(input.needId, 'approved', matching.NeedApproved);
  await decided(tx, input.needId, null);
  await book.save();
  const view = await viewNeed(tx, input.needId);
  if (view.lines.some((line) => line.urgency === MOST_URGENT)) await requestRound(tx, 'urgent');
  return view;
}

export async function declineNeed(tx: Tx, input: Decision & { readonly reason: string }): Promise<NeedView> {
  const book = await openNeed(tx, input);
  book.close(input.needId, 'declined', matching.NeedDeclined);
  await decided(tx, input.needId, input.reason);
  await book.save();
  return viewNeed(tx, input.needId);
}

async function decided(tx: Tx, needId: string, reason: string | null): Promise<void> {
  await tx.execute(`update need set decided_at = $2, decided_by = $3, decline_reason = $4 where id = $1`, [needId, tx.now, tx.actor.subject, reason]);
}
