import { useMemo } from 'react';

/** Rows of a list that comes page by page. */
export interface List<Row> {
  readonly rows: readonly Row[];
  /** Nothing is there yet. */
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly hasMore: boolean;
  /** The next page; asked for again while it is on its way, it is asked for once. */
  readonly more: () => void;
}

interface Pages<Row> {
  readonly data: { readonly pages: readonly ({ readonly items: readonly Row[] } | undefined)[] } | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  refetch(): unknown;
  fetchNextPage(): unknown;
}

/** Of `service.useInfiniteQuery('get', path, init, paged)`. */
export function useList<Row>(pages: Pages<Row>): List<Row> {
  const { data, isPending, error, hasNextPage, isFetchingNextPage } = pages;
  const rows = useMemo(() => data?.pages.flatMap((page) => page?.items ?? []) ?? [], [data]);
  return {
    rows, pending: isPending, error, hasMore: hasNextPage,
    retry: () => void pages.refetch(),
    more: () => void (!isFetchingNextPage && error === null && pages.fetchNextPage()),
  };
}

/** Of rows that are all there. */
export function listOf<Row>(rows: readonly Row[]): List<Row> {
  return { rows, pending: false, error: null, retry: () => undefined, hasMore: false, more: () => undefined };
}
