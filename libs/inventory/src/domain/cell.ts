import { type Category, STOCK_GRADES, type StockGrade } from '@lacollecte/contracts';

/** What items of one stock cell have in common; matching counts and allocates by cell. */
export interface Cell {
  readonly siteId: string;
  readonly category: Category;
  readonly grade: StockGrade;
  /** Region the donor wishes for (INSEE code), or none. */
  readonly earmark: string | null;
}

/** The cell and those of a better grade that differ in nothing else, the nearest grade first: where a replacement may come from. */
export function sameOrBetter(cell: Cell): Cell[] {
  return STOCK_GRADES.slice(STOCK_GRADES.indexOf(cell.grade)).map((grade) => ({ ...cell, grade }));
}
