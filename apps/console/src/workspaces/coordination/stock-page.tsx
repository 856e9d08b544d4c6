import { CATEGORIES, STOCK_GRADES } from '@lacollecte/contracts';
import { NativeSelect, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inventory, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { useList } from '../../parts/table/list.js';
import { useSites } from './names.js';

type Counts = { readonly free: number; readonly reserved: number };

/** What can we give? */
export function StockPage() {
  const { t } = useTranslation('coordination');
  const { sites } = useSites();
  const [siteId, setSiteId] = useState('');
  const list = useList(inventory.useInfiniteQuery('get', '/api/inventory/stock', { params: { query: { limit: 200, ...(siteId !== '' && { siteId }) } } }, paged));
  const { hasMore, more, rows } = list;
  // The matrix adds up all cells.
  useEffect(() => {
    if (hasMore) more();
    // oxlint-disable-next-line react/exhaustive-deps -- `more` is another function each time, and asks once by itself.
  }, [hasMore, rows.length]);
  const sum = (category: string | null, grade: string | null): Counts => {
    const cells = rows.filter((cell) => (category === null || cell.category === category) && (grade === null || cell.grade === grade));
    return { free: cells.reduce((all, cell) => all + cell.free, 0), reserved: cells.reduce((all, cell) => all + cell.reserved + cell.picked, 0) };
  };
  const all = sum(null, null);
  const categories = CATEGORIES.filter((category) => rows.some((cell) => cell.category === category && cell.onHand > 0));
  return (
    <Page
      title={t('nav.stock')}
      lead={list.pending ? undefined : t('stock.lead', { free: t('stock.free', { count: all.free }), reserved: t('stock.reserved', { count: all.reserved }) })}
      actions={<NativeSelect aria-label={t('stock.site')} value={siteId} onChange={(event) => setSiteId(event.currentTarget.value)} data={[{ value: '', label: t('stock.allSites') }, ...sites.map((site) => ({ value: site.siteId, label: site.name }))]} />}
    >
      {list.pending && <LoadingRows shape={[24, 14, 14, 14, 14]} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && categories.length === 0 && <EmptyState icon={Boxes} title={t('stock.nothing')} text={t('stock.nothingHow')} />}
      {categories.length > 0 && (
        <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('nav.stock') } }}>
          <Table verticalSpacing="sm" withRowBorders>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('stock.category')}</Table.Th>
                {[...STOCK_GRADES].reverse().map((grade) => <Table.Th key={grade} scope="col" ta="right">{t(`grade.${grade}`)}</Table.Th>)}
                <Table.Th scope="col" ta="right">{t('stock.all')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {categories.map((category) => (
                <Table.Tr key={category}>
                  <Table.Th scope="row">{t(`category.${category}`)}</Table.Th>
                  {[...STOCK_GRADES].reverse().map((grade) => (
                    <Table.Td key={grade} ta="right"><Cell {...sum(category, grade)} to={`/coordination/stock/${category}/${grade}${siteId === '' ? '' : `?site=${siteId}`}`} label={`${t(`category.${category}`)}, ${t(`grade.${grade}`)}`} /></Table.Td>
                  ))}
                  <Table.Td ta="right"><Cell {...sum(category, null)} label="" /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Page>
  );
}

function Cell({ free, reserved, to, label }: Counts & { readonly to?: string; readonly label: string }) {
  const { t } = useTranslation('coordination');
  if (free + reserved === 0) return <Text c="dimmed" aria-label={t('stock.none')}>–</Text>;
  const said = <><b><Quantity value={free} /></b> {t('stock.freeWord', { count: free })}</>;
  return (
    <>
      <div>{to === undefined ? said : <Link to={to as string} aria-label={t('stock.open', { what: label, free: t('stock.free', { count: free }), reserved: t('stock.reserved', { count: reserved }) })}>{said}</Link>}</div>
      {reserved > 0 && <Text size="sm" c="dimmed">{t('stock.reserved', { count: reserved })}</Text>}
    </>
  );
}
