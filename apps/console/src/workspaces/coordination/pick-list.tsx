import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';

/** What is still to be fetched, from bin to bin. */
export function PickList({ shipmentId }: { readonly shipmentId: string }) {
  const { t } = useTranslation('coordination');
  const { data, error, refetch } = dispatch.useQuery('get', '/api/dispatch/shipments/{shipmentId}/pick-list', { params: { path: { shipmentId } } });
  return (
    <>
      <Title order={2} mt="lg" mb="sm">{t('pick.title')}</Title>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={3} />}
      {data !== undefined && data.awaited > 0 && <Text c="dimmed">{t('pick.awaited', { count: data.awaited })}</Text>}
      {data !== undefined && data.toPick.length === 0 && <Text c="dimmed">{t('pick.nothing')}</Text>}
      {data !== undefined && data.toPick.length > 0 && (
        <Table aria-label={t('pick.title')}>
          <Table.Thead><Table.Tr><Table.Th scope="col">{t('item.bin')}</Table.Th><Table.Th scope="col">{t('item.label')}</Table.Th><Table.Th scope="col">{t('what')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {data.toPick.map(({ deviceId, bin, label, category, grade }) => (
              <Table.Tr key={deviceId}><Table.Td>{bin ?? t('item.noBin')}</Table.Td><Table.Td>{label ?? '…'}</Table.Td><Table.Td>{t(`category.${category as 'laptop'}`)}, {t(`grade.${grade as 'A'}`)}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
