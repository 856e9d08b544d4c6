import { directory } from '../../../api/clients.js';
import type { paths } from '../../../api/generated/directory.js';
import { session } from '../../../session/session.js';

export type Company = paths['/api/directory/organisations/{organisationId}']['get']['responses'][200]['content']['application/json'];

/** What is known of the donor who has signed in. */
export function useCompany() {
  const organisationId = session.get()?.organisationId ?? '';
  return directory.useQuery('get', '/api/directory/organisations/{organisationId}', { params: { path: { organisationId } } }, { staleTime: Infinity });
}

/** What a new gift begins with: nobody types again what is known. */
export function wishOf(company: Company | undefined): Record<string, string> {
  if (!company) return {};
  const { siren, street, postalCode, city } = company;
  return { ...(siren !== null && { siren }), ...Object.fromEntries(Object.entries({ street, postalCode, city }).filter((entry): entry is [string, string] => Boolean(entry[1]))) };
}
