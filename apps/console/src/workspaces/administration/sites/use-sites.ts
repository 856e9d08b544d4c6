import { directory } from '../../../api/clients.js';
import type { components } from '../../../api/generated/directory.js';

export type Site = components['schemas']['Sites.close'];

/** Every site, closed ones included; none while they are on their way. */
export function useSites(): readonly Site[] {
  return directory.useQuery('get', '/api/directory/sites').data ?? [];
}
