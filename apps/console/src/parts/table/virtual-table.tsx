import { useElementSize } from '@mantine/hooks';
import { Group, Text } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../error-state.js';
import { LoadingRows } from '../loading-rows.js';
import { type Column, gridOf, widthOf } from './column.js';
import type { List } from './list.js';
import { TableRow } from './table-row.js';
import { useChosenColumns } from './use-chosen-columns.js';
import { useVirtualRows } from './use-virtual-rows.js';
import classes from './virtual-table.module.css';

interface VirtualTableProps<Row> {
  /** Under which the chosen columns are kept. */
  readonly name: string;
  /** What the rows are, for who does not see them. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** `useList(…)` or `listOf(rows)`. */
  readonly list: List<Row>;
  readonly rowKey: (row: Row) => string;
  /** A click, or Enter on the row. */
  readonly onOpen?: (row: Row) => void;
  /** A row in one piece, where there is no room for columns (a phone). */
  readonly compact?: (row: Row) => ReactNode;
  /** Instead of no rows: an `EmptyState`. */
  readonly empty: ReactNode;
  readonly height?: string;
  /** Beside the choice of columns: filters. */
  readonly tools?: ReactNode;
}

/** After the rows: what opens it weighs a tenth of what a page may. */
const ColumnChoice = lazy(async () => ({ default: (await import('./column-choice.js')).ColumnChoice as unknown as ComponentType })) as unknown as typeof import('./column-choice.js').ColumnChoice;
const CHOICE_PX = 26;

const COMPACT_BELOW = 560;

/** Rows by the ten thousand: only those in sight exist, and the next page is fetched before its first row is. Arrows, Page, Home, End and Enter. */
export function VirtualTable<Row>({ name, label, columns, list, rowKey, onOpen, compact, empty, height = 'min(68dvh, 46rem)', tools }: VirtualTableProps<Row>) {
  const { t } = useTranslation('parts');
  const id = useId();
  const { ref, width } = useElementSize();
  const { shown, isShown, choose } = useChosenColumns(name, columns);
  const isCompact = compact !== undefined && width > 0 && width < COMPACT_BELOW;
  const { scroll, virtual, active, keys } = useVirtualRows(list, rowKey, onOpen);
  const grid = isCompact ? '1fr' : gridOf(shown);
  return (
    <div ref={ref}>
      <Group justify="space-between" mb="xs" gap="sm">
        <Group gap="sm">{tools}</Group>
        {!isCompact && <Suspense fallback={<div style={{ height: CHOICE_PX }} />}><ColumnChoice columns={columns} isShown={isShown} choose={choose} /></Suspense>}
      </Group>
      {list.pending && <LoadingRows shape={shown.map(({ width: columnWidth }) => (columnWidth / widthOf(shown)) * 90)} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && list.rows.length === 0 && empty}
      {list.rows.length > 0 && (
        <div
          ref={scroll}
          role="grid"
          aria-label={label}
          aria-rowcount={list.hasMore ? -1 : list.rows.length + 1}
          aria-activedescendant={active === null ? undefined : `${id}-${active}`}
          tabIndex={0}
          className={classes.table}
          style={{ maxHeight: height }}
          {...keys}
        >
          <div role="rowgroup" className={classes.head} hidden={isCompact} style={{ minWidth: widthOf(shown) }}>
            <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: grid }}>
              {shown.map(({ key, title, align }) => <div key={key} role="columnheader" className={classes.cell} data-align={align}>{title}</div>)}
            </div>
          </div>
          <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize(), minWidth: isCompact ? undefined : widthOf(shown) }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = list.rows[index]!;
              return (
                <TableRow
                  key={key}
                  row={row}
                  id={`${id}-${index}`}
                  index={index}
                  start={start}
                  grid={grid}
                  columns={shown}
                  compact={isCompact ? compact : null}
                  active={index === active}
                  onOpen={onOpen}
                  measure={isCompact ? virtual.measureElement : undefined}
                />
              );
            })}
          </div>
        </div>
      )}
      {list.rows.length > 0 && <Text size="xs" c="dimmed" mt="xs">{t(list.hasMore ? 'table.some' : 'table.all', { count: list.rows.length })}</Text>}
    </div>
  );
}
