import { directory } from '../../../api/clients.js';

/** Addresses change about never while a page is open. */
const KEPT_MS = 300_000;

/** Where a shipment goes; undefined until it is known. */
export function useDestination(structureId: string | undefined) {
  const { data } = directory.useQuery('get', '/api/directory/organisations/{organisationId}/address', { params: { path: { organisationId: structureId ?? '' } } }, { staleTime: KEPT_MS, enabled: structureId !== undefined });
  return data;
}
