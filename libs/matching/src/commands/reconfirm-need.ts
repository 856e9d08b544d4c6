import { DomainError, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { isClosed } from '../domain/need.js';
import { type NeedView, viewNeed } from '../queries/view-need.js';
import { matchingSettings } from '../settings.js';
import { openNeed } from './decide-need.js';

/** The structure still needs it: it expires that many days from now; its waiting time goes on. */
export async function reconfirmNeed(tx: Tx, input: { readonly needId: string; readonly version: number }): Promise<NeedView> {
  const book = await openNeed(tx, input);
  const { state } = book.need(input.needId)!;
  if (isClosed(state) || state === 'fulfilled') throw new DomainError('need-not-open', { state });
  const { needDays } = await settingsOf(tx, matchingSettings);
  book.change(input.needId, state, matching.NeedReconfirmed);
  await tx.execute(`update need set expires_at = $2::timestamptz + make_interval(days => $3) where id = $1`, [input.needId, tx.now, needDays]);
  await book.save();
  return viewNeed(tx, input.needId);
}
