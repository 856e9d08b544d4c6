import { useRouterState } from '@tanstack/react-router';

/** What the search field in the frame asked for: `q` of the address. */
export function useSearchText(): string {
  return useRouterState({ select: ({ location }) => String((location.search as { readonly q?: unknown }).q ?? '') });
}
