import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { CellView } from './views.js';

export interface CellFilter {
  readonly after?: string;
  readonly limit: number;
  readonly siteId?: string;
  readonly category?: string;
  readonly grade?: string;
}

type CellRow = Omit<CellView, 'cellId'> & { id: string; created_at: string };

/** The stock matrix: each cell that ever held an item, in the order they came to be. */
export async function listCells(tx: Tx, filter: CellFilter): Promise<Page<CellView>> {
  const rows = await tx.query<CellRow>(
    `select id, site_id as "siteId", category, grade, earmark, on_hand as "onHand", free, reserved, picked, created_at::text
     from stock_cell
     where ($1::uuid is null or site_id = $1) and ($2::text is null or category = $2) and ($3::text is null or grade = $3)
       and ($4::timestamptz is null or (created_at, id) > ($4, $5::uuid))
     order by stock_cell.created_at, id limit $6`,
    [filter.siteId ?? null, filter.category ?? null, filter.grade ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, ({ id, created_at: _, ...row }) => ({ cellId: id, ...row }));
}
