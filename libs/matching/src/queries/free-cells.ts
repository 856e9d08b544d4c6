import type { Category, StockGrade } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { CellInput } from '../domain/round/inputs.js';

/**
 * What a round may give: items that we know in stock, less what is promised and not yet seen to have left. A proposal waits for its
 * answer, and its items for the events that tell of them, which travel apart: so of every open allocation only the
 * devices that we have already seen reserved under its key are not counted against the cell a second time.
 */
export async function readFreeCells(tx: Tx): Promise<CellInput[]> {
  return tx.query<CellInput & { category: Category; grade: StockGrade }>(
    `select f.site_id as "siteId", s.department, f.category, f.grade, f.earmark, f.free from free_cells() f join site s on s.id = f.site_id
     where s.state = 'open' and f.free > 0 order by f.site_id, f.category, f.grade, f.earmark nulls first`,
  );
}
