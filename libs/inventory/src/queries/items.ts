import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { ItemView } from './views.js';

export interface ItemFilter {
  readonly after?: string;
  readonly limit: number;
  readonly siteId?: string;
  readonly category?: string;
  readonly grade?: string;
  readonly state?: string;
  readonly bin?: string;
  readonly label?: string;
  readonly reservationId?: string;
}

type ItemRow = Omit<ItemView, 'itemId' | 'stockedAt'> & { id: string; stockedAt: Date };

const COLUMNS = `id, version, state, label, site_id as "siteId", category, grade, earmark, bin, reservation_id as "reservationId",
  quarantine, note, exists (select from recall_mark m where m.device_id = i.id) as recalled, stocked_at as "stockedAt"`;

function toView({ id, stockedAt, ...row }: ItemRow): ItemView {
  return { itemId: id, ...row, stockedAt: stockedAt.toISOString() };
}

export async function listItems(tx: Tx, filter: ItemFilter): Promise<Page<ItemView>> {
  const rows = await tx.dynamic<ItemRow & { created_at: string }>(
    `select ${COLUMNS}, created_at::text from stock_item i
     where ($1::uuid is null or site_id = $1) and ($2::text is null or category = $2) and ($3::text is null or grade = $3)
       and ($4::text is null or state = $4) and ($5::text is null or bin = $5) and ($6::text is null or label = $6)
       and ($7::uuid is null or reservation_id = $7)
       and ($8::timestamptz is null or (created_at, id) > ($8, $9::uuid))
     order by i.created_at, id limit $10`,
    [
      filter.siteId ?? null, filter.category ?? null, filter.grade ?? null, filter.state ?? null, filter.bin ?? null, filter.label ?? null,
      filter.reservationId ?? null, ...fromCursor(filter.after), filter.limit + 1,
    ],
  );
  return toPage(rows, filter.limit, ({ created_at: _, ...row }) => toView(row));
}

export async function showItem(tx: Tx, itemId: string): Promise<ItemView> {
  const row = await tx.one<ItemRow>(`select ${COLUMNS} from stock_item i where id = $1`, [itemId]);
  if (!row) throw new DomainError('item-not-found');
  return toView(row);
}
