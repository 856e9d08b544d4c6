import type { ReactNode } from 'react';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';

interface FetchedProps<Data> {
  readonly query: { readonly data: Data | undefined; readonly error: unknown; refetch(): unknown };
  /** In the shape of what comes. */
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked for, or its shape while it comes, or why it does not. What was there stays while it is asked for again. */
export function Fetched<Data>({ query: { data, error, refetch }, rows = 4, children }: FetchedProps<Data>) {
  if (data !== undefined) return children(data);
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return <LoadingRows rows={rows} />;
}
