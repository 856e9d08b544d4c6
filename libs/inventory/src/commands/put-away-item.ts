import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { type Item, putAway } from '../domain/item.js';
import { mayActAt } from '../domain/may-act-at.js';
import { lockLabelled, saveItems } from '../persistence/item.repository.js';
import { binsOf } from '../persistence/site.repository.js';

/** A scan: this item lies in this bin of its site now. The same scan again is answered as before. */
export async function putAwayItem(tx: Tx, input: { label: string; bin: string }): Promise<string> {
  const item = await lockLabelled(tx, input.label);
  if (!item) throw new DomainError('not-here-yet');
  mayActAt(tx.actor, item);
  if (item.bin !== input.bin) await saveItems(tx, [await moved(tx, item, input.bin)]);
  return item.id;
}

async function moved(tx: Tx, item: Item, bin: string) {
  const change = putAway(item, bin);
  const bins = await binsOf(tx, item.siteId);
  if (!bins.includes(bin)) throw new DomainError('bin-unknown', { bin }, [{ pointer: '/body/bin', code: 'bin-unknown' }]);
  return change;
}
