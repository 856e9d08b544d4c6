import { NativeSelect, Text } from '@mantine/core';
import { useParams, useRouterState } from '@tanstack/react-router';
import { Package } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inventory, paged } from '../../api/clients.js';
import type { paths } from '../../api/generated/inventory.js';
import { BackLink } from '../../parts/back-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { When } from '../../parts/when.js';
import { ItemModal } from './item-modal.js';
import { type Item, ITEM_STATES } from './item-states.js';
import { useSites } from './names.js';

type Query = NonNullable<paths['/api/inventory/items']['get']['parameters']['query']>;
const CHOICES = ['in-stock', 'reserved', 'picked', 'quarantined', 'written-off'] as const;

/** Which ones are they? */
export function ItemsPage() {
  const { t } = useTranslation('coordination');
  const { category, grade } = useParams({ strict: false }) as { category: Item['category']; grade: Item['grade'] };
  const siteId = useRouterState({ select: ({ location }) => (location.search as { readonly site?: string }).site });
  const { siteName } = useSites();
  const [state, setState] = useState<NonNullable<Query['state']> | ''>('');
  const [opened, setOpened] = useState<Item | null>(null);
  const query = { limit: 100, category, grade, ...(siteId !== undefined && { siteId }), ...(state !== '' && { state }) };
  const list = useList(inventory.useInfiniteQuery('get', '/api/inventory/items', { params: { query } }, paged));
  const chip = (item: Item) => <StateChip size="sm" state={ITEM_STATES[item.state]} label={t(`item.state.${item.state}`)} />;
  const columns: Column<Item>[] = [
    { key: 'label', title: t('item.label'), width: 150, shown: 'always', cell: ({ label }) => label },
    { key: 'state', title: t('item.stateTitle'), width: 150, cell: chip },
    { key: 'site', title: t('item.site'), width: 150, cell: (item) => siteName(item.siteId) },
    { key: 'bin', title: t('item.bin'), width: 90, cell: ({ bin }) => bin ?? t('item.noBin') },
    { key: 'since', title: t('item.since'), width: 160, cell: ({ stockedAt }) => <When at={stockedAt} /> },
    { key: 'note', title: t('item.note'), width: 160, shown: 'asked', cell: ({ note }) => note },
  ];
  return (
    <Page back={<BackLink to="/coordination/stock">{t('stock.back')}</BackLink>} title={`${t(`category.${category}`)} · ${t(`grade.${grade}`)}`}>
      <VirtualTable
        name="coordination.items"
        label={t('nav.stock')}
        columns={columns}
        list={list}
        rowKey={({ itemId }) => itemId}
        onOpen={setOpened}
        compact={(item) => <><Text fw={600}>{item.label} {chip(item)}</Text><Text size="sm" c="dimmed">{siteName(item.siteId)} · {item.bin ?? t('item.noBin')}</Text></>}
        empty={<EmptyState icon={Package} title={t('item.nothing')} text={t('item.nothingHow')} />}
        tools={<NativeSelect aria-label={t('item.stateTitle')} value={state} onChange={(event) => setState(event.currentTarget.value as typeof state)} data={[{ value: '', label: t('item.all') }, ...CHOICES.map((value) => ({ value, label: t(`item.state.${value}`) }))]} />}
      />
      {opened !== null && <ItemModal item={list.rows.find(({ itemId }) => itemId === opened.itemId) ?? opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}
