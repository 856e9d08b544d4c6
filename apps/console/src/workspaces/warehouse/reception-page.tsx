import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Truck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { JourneyBar } from '../../parts/journey-bar.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import { expectedOf, type Lot } from './reception/dock.js';
import classes from './reception/reception.module.css';
import { AtSite } from './site/at-site.js';

const PAGE = 20;
const REFRESH_MS = 30_000;

/** What comes to my site, and what is being received? */
export function ReceptionPage() {
  const { t } = useTranslation('warehouse');
  return <AtSite title={t('nav.reception')} lead={t('reception.listLead')}>{(siteId) => <Expected siteId={siteId} />}</AtSite>;
}

function useLots(siteId: string, state: string) {
  return useList<Lot>(intake.useInfiniteQuery('get', '/api/intake/lots', { params: { query: { siteId, state, limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS }));
}

function Expected({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const lists = [['receiving', useLots(siteId, 'receiving')], ['accepted', useLots(siteId, 'accepted')]] as const;
  const failed = lists.find(([, list]) => list.error !== null && list.rows.length === 0)?.[1];
  if (failed) return <ErrorState error={failed.error} retry={failed.retry} />;
  if (lists.some(([, list]) => list.pending)) return <LoadingRows rows={4} shape={[40, 20]} height={84} />;
  if (lists.every(([, list]) => list.rows.length === 0)) return <EmptyState icon={Truck} title={t('reception.none')} text={t('reception.noneHow')} />;
  return (
    <Stack gap="xl">
      {lists.map(([state, list]) => list.rows.length > 0 && (
        <section key={state} aria-labelledby={`lots-${state}`}>
          <Title order={2} id={`lots-${state}`} mb="sm">{t(`reception.lots.${state}`)}</Title>
          <ul className={classes.lots}>{list.rows.map((lot) => <li key={lot.id}><LotLink lot={lot} /></li>)}</ul>
          {list.hasMore && <Button mt="sm" variant="default" onClick={list.more}>{t('queue.more')}</Button>}
        </section>
      ))}
    </Stack>
  );
}

function LotLink({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('warehouse');
  return (
    <Link to="/warehouse/reception/$lotId" params={{ lotId: lot.id }} className={classes.lot}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text fw={620}>{lot.title}</Text>
        {lot.brought && <StateChip size="sm" state="active" label={t('reception.brought')} />}
      </Group>
      <Text size="sm" c="dimmed" mb={6}>
        {t('reception.expectedCount', { count: expectedOf(lot) })}{lot.inventoryDueAt !== null && <> · {t('reception.due')} <When at={lot.inventoryDueAt} /></>}
      </Text>
      {lot.received > 0 && <JourneyBar label={t('reception.progress')} legend={false} steps={[{ key: 'received', label: t('reception.figure.received'), count: lot.received, state: 'done' }, { key: 'awaited', label: t('reception.figure.awaited'), count: lot.awaited, state: 'waiting' }]} />}
    </Link>
  );
}
