import { Anchor, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Route, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { traceability } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Quantity } from '../../parts/quantity.js';
import { When } from '../../parts/when.js';
import { useSearchText } from '../../shell/use-search-text.js';
import { OperationsPage } from './operations-page.js';

const KINDS = ['device', 'lot', 'need', 'allocation', 'shipment', 'parcel', 'return', 'structure', 'donor', 'site', 'event', 'correlation'] as const;

/** What bears this name? */
export function TracesPage() {
  const { t } = useTranslation('operations');
  const search = useSearchText().trim();
  const { data, error, isLoading, refetch } = traceability.useQuery('get', '/api/traceability/search', { params: { query: { q: search } } }, { enabled: search !== '' });
  const word = (kind: string) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(`kinds.${known}`) : t('kinds.other');
  };
  return (
    <OperationsPage title={t('nav.traces')} {...(search !== '' && { lead: t('traces.found', { search }) })}>
      {search === '' && <EmptyState icon={Route} title={t('traces.begin')} text={t('traces.beginHow')} />}
      {isLoading && <LoadingRows rows={3} />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <EmptyState icon={SearchX} title={t('traces.none')} text={t('traces.noneHow')} />}
      {data !== undefined && data.length > 0 && (
        <Stack>
          <Table aria-label={t('nav.traces')} verticalSpacing="sm">
            <Table.Thead><Table.Tr><Table.Th>{t('traces.what')}</Table.Th><Table.Th ta="right">{t('traces.events')}</Table.Th><Table.Th>{t('traces.last')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {data.map(({ kind, id, label, events, lastAt }) => (
                <Table.Tr key={`${kind} ${id}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <Anchor fw={600} renderRoot={(props) => <Link {...props} to={'/operations/traces/$kind/$id' as string} params={{ kind, id } as never} />}>{word(kind)} {label}</Anchor>
                    <Text size="xs" c="dimmed">{id}</Text>
                  </Table.Td>
                  <Table.Td ta="right"><Quantity value={events} /></Table.Td>
                  <Table.Td><When at={lastAt} /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </OperationsPage>
  );
}
