import { refurbishment } from '../../../api/clients.js';
import type { Checklists } from './steps.js';

/** What is tested of each kind; it hardly ever changes. */
export function useChecklists(): Checklists | undefined {
  return refurbishment.useQuery('get', '/api/refurbishment/checklists', {}, { staleTime: Number.POSITIVE_INFINITY }).data;
}
