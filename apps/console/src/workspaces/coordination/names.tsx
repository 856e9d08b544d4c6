import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';

/** Names change about never while a page is open. */
const KEPT_MS = 300_000;

export function useSites() {
  const { data = [] } = directory.useQuery('get', '/api/directory/sites', {}, { staleTime: KEPT_MS });
  return { sites: data, siteName: (id: string | null) => data.find(({ siteId }) => siteId === id)?.name ?? '…' };
}

/** Of a donor or a structure. */
export function OrganisationName({ id }: { readonly id: string }) {
  const { t } = useTranslation('coordination');
  const { data, error } = directory.useQuery('get', '/api/directory/organisations/{organisationId}', { params: { path: { organisationId: id } } }, { staleTime: KEPT_MS });
  return <>{data?.name ?? (error === null ? '…' : t('unknownOrganisation'))}</>;
}
