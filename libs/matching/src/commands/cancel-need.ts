import { matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { withdraw } from '../domain/allocation.js';
import { type NeedView, viewNeed } from '../queries/view-need.js';
import { openNeed } from './decide-need.js';

/** What is open is asked for no longer, and what is promised is withdrawn, each allocation under its own key. What has left the site stands. */
export async function cancelNeed(tx: Tx, input: { readonly needId: string; readonly version: number }): Promise<NeedView> {
  const book = await openNeed(tx, input);
  book.close(input.needId, 'cancelled', matching.NeedCancelled);
  const lines = book.linesOf(input.needId).map((line) => line.id);
  for (const allocation of await book.addAllocationsOf(lines, ['proposed', 'held', 'accepted', 'shipped'])) book.apply(allocation.id, withdraw);
  await book.save();
  return viewNeed(tx, input.needId);
}
