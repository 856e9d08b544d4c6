import { memo, type ReactNode } from 'react';
import type { Column } from './column.js';
import classes from './virtual-table.module.css';

interface TableRowProps<Row> {
  readonly row: Row;
  readonly id: string;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly grid: string;
  readonly columns: readonly Column<Row>[];
  readonly compact: ((row: Row) => ReactNode) | null;
  readonly active: boolean;
  readonly onOpen: ((row: Row) => void) | undefined;
  /** Only where rows differ in height. */
  readonly measure: ((element: Element | null) => void) | undefined;
}

function Row<Row>({ row, id, index, start, grid, columns, compact, active, onOpen, measure }: TableRowProps<Row>) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys go to the grid, of which this row is the active one
    <div
      id={id}
      ref={measure}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onOpen ? active : undefined}
      data-index={index}
      data-active={active || undefined}
      data-opens={onOpen !== undefined || undefined}
      data-compact={compact !== null || undefined}
      className={`${classes.row} ${classes.placed}`}
      style={{ gridTemplateColumns: grid, transform: `translateY(${start}px)` }}
      onClick={onOpen && (() => onOpen(row))}
    >
      {compact
        ? <div role="gridcell" className={classes.cell}>{compact(row)}</div>
        : columns.map(({ key, cell, align }) => <div key={key} role="gridcell" className={classes.cell} data-align={align}>{cell(row)}</div>)}
    </div>
  );
}

/** Drawn again only when it changes: while one scrolls, rows that stay cost nothing. */
export const TableRow = memo(Row) as typeof Row;
