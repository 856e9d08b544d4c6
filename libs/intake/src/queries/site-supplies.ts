import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
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

export interface RollSummary {
  readonly id: string;
  readonly siteId: string;
  readonly issuedAt: Date;
  readonly count: number;
  /** Labels of it that a device has. */
  readonly used: number;
  readonly first: string;
  readonly last: string;
}

/** The newest first. */
export async function listRolls(tx: Tx, query: { siteId: string; after?: string | undefined; limit: number }): Promise<Page<RollSummary>> {
  const rows = await tx.query<RollSummary & { created_at: string }>(
    `select r.id, r.site_id as "siteId", r.issued_at as "issuedAt", r.issued_at::text as created_at, l.* from label_roll r
     cross join lateral (select count(*)::int as count, count(device_id)::int as used, min(code) as first, max(code) as last from label where roll_id = r.id) l
     where r.site_id = $1 and ($2::timestamptz is null or (r.issued_at, r.id) < ($2, $3::uuid)) order by r.issued_at desc, r.id desc limit $4`,
    [query.siteId, ...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, ({ created_at: _, ...roll }) => roll);
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
