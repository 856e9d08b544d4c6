import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';

/** Who did it, by the id that is kept of them; programs and the erased have no name. */
export function PersonName({ personId }: { readonly personId: string }) {
  const { t } = useTranslation('administration');
  const { data } = directory.useQuery('get', '/api/directory/people/{personId}', { params: { path: { personId } } }, { retry: false, staleTime: 300_000 });
  return <>{data?.name ?? t('figures.somebody')}</>;
}
