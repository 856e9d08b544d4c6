import { useQueries } from '@tanstack/react-query';
import { traceability } from '../../api/clients.js';
import type { Lot, Standing } from './lot.js';

/** As many lots as one request may ask of. */
const AT_ONCE = 50;
const REFRESH_MS = 10_000;

/** Where the devices of these lots are now, by lot. A gift of which that is not known (yet) is shown without it. */
export function useStandings(lots: readonly Lot[]): ReadonlyMap<string, Standing> {
  const ids = lots.filter(({ state }) => state !== 'draft').map(({ id }) => id);
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE).join(','));
  const answers = useQueries({
    queries: parts.map((lotIds) => ({ ...traceability.queryOptions('get', '/api/traceability/own-lots', { params: { query: { lotIds } } }), refetchInterval: REFRESH_MS })),
  });
  return new Map(answers.flatMap(({ data = [] }) => data.map(({ lotId, now }) => [lotId, now] as const)));
}
