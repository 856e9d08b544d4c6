import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Names it among the chosen columns that are kept. */
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Least width in pixels; what is left over is shared by `grow` (1). */
  readonly width: number;
  readonly grow?: number;
  readonly align?: 'right';
  /** `always`: cannot be taken away. `asked`: hidden until somebody chooses it. */
  readonly shown?: 'always' | 'asked';
}

export function gridOf<Row>(columns: readonly Column<Row>[]): string {
  return columns.map(({ width, grow = 1 }) => `minmax(${width}px, ${grow}fr)`).join(' ');
}

export const widthOf = <Row>(columns: readonly Column<Row>[]): number => columns.reduce((sum, { width }) => sum + width, 0);
