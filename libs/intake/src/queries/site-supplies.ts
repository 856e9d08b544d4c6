import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { LabelRoll } from '../commands/issue-labels.js';

/** A roll of labels, to print it again. Throws `not-found`. */
export async function showRoll(tx: Tx, rollId: string): Promise<LabelRoll> {
  const roll = await tx.one<LabelRoll>(
    `select r.id, r.site_id as "siteId", (select array_agg(code order by code) from label where roll_id = r.id) as labels from label_roll r where r.id = $1`,
    [rollId],
  );
  if (!roll) throw new DomainError('not-found');
  return roll;
}

export interface AccessoryStock {
  readonly siteId: string;
  readonly kind: string;
  readonly quantity: number;
}

/** Accessories by site and kind. */
export function listAccessories(tx: Tx, siteId: string | null): Promise<AccessoryStock[]> {
  return tx.query<AccessoryStock>(
    `select site_id as "siteId", kind, quantity from accessory_stock where $1::uuid is null or site_id = $1 order by site_id, kind limit 1000`,
    [siteId],
  );
}
