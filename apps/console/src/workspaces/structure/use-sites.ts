import { directory } from '../../api/clients.js';
import type { components } from '../../api/generated/directory.js';

type Site = components['schemas']['Sites.close'];

const HOUR_MS = 3_600_000;

/** The sites that devices come from. */
export function useSites(): readonly Site[] {
  return directory.useQuery('get', '/api/directory/sites', {}, { staleTime: HOUR_MS }).data ?? [];
}

export const siteName = (sites: readonly Site[], siteId: string): string => sites.find((site) => site.siteId === siteId)?.name ?? '…';
