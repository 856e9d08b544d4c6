import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Truck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dispatch, paged } from '../../api/clients.js';
import type { operations } from '../../api/generated/dispatch.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { SHIPMENT } from './states.js';
import { siteName, useSites } from './use-sites.js';
import { structure } from './workspace.js';

type Summary = operations['dispatch.Shipments.list']['responses'][200]['content']['application/json']['items'][number];

const COMING = new Set<Summary['state']>(['handed-over', 'packed', 'picking', 'planned']);

/** What is on its way to us, and what came. */
export function DeliveriesPage() {
  const { t } = useTranslation(structure.name);
  const list = useList(dispatch.useInfiniteQuery('get', '/api/dispatch/shipments', { params: { query: { limit: 100, order: 'newest' } } }, paged));
  const onTheWay = list.rows.filter(({ state }) => state === 'handed-over').length;
  const coming = list.rows.filter(({ state }) => COMING.has(state)).toReversed().toSorted((a, b) => Number(b.state === 'handed-over') - Number(a.state === 'handed-over'));
  const others = list.rows.filter(({ state }) => !COMING.has(state));
  return (
    <Page title={t('nav.deliveries')} lead={!list.pending && (onTheWay > 0 ? t('deliveries.onTheWay', { count: onTheWay }) : t('deliveries.nothingOnTheWay'))}>
      {list.pending && <LoadingRows rows={3} height={72} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && list.rows.length === 0 && <EmptyState icon={Truck} title={t('deliveries.none')} text={t('deliveries.noneHow')} />}
      <Stack gap="lg">
        <Shipments title={t('deliveries.coming')} rows={coming} />
        <Shipments title={t('deliveries.earlier')} rows={others} />
        {list.hasMore && <Button variant="default" onClick={list.more}>{t('more')}</Button>}
      </Stack>
    </Page>
  );
}

function Shipments({ title, rows }: { readonly title: string; readonly rows: readonly Summary[] }) {
  const { t } = useTranslation(structure.name);
  const sites = useSites();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="sm">{title}</Title>
      <ul className={classes.list}>
        {rows.map(({ shipmentId, state, siteId, carriage, devices, createdAt }) => (
          <li key={shipmentId} className={classes.card}>
            <div className={classes.head}>
              <Anchor fw={620} renderRoot={(props) => <Link to="/structure/deliveries/$shipmentId" params={{ shipmentId }} {...props} />}>
                {t('deliveries.devices', { count: devices })} · {siteName(sites, siteId)}
              </Anchor>
              <StateChip state={SHIPMENT[state]} label={t(`shipmentStates.${state}`)} />
            </div>
            <Text size="sm" c="dimmed">{t(`carriages.${carriage}`)} · {t('deliveries.planned')} <When at={createdAt} /></Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
