import { Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dispatch, paged } from '../../api/clients.js';
import type { paths } from '../../api/generated/dispatch.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { JourneyBar } from '../../parts/journey-bar.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import classes from './packing/packing.module.css';
import { useDestination } from './packing/use-destination.js';
import { AtSite } from './site/at-site.js';

const PAGE = 100;
const REFRESH_MS = 30_000;

type Listed = paths['/api/dispatch/shipments']['get']['responses'][200]['content']['application/json']['items'][number];

/** What has to leave my site? */
export function ShipmentsPage() {
  const { t } = useTranslation('warehouse');
  return <AtSite title={t('nav.shipments')} lead={t('packing.lead')}>{(siteId) => <Shipments siteId={siteId} />}</AtSite>;
}

function useShipments(siteId: string, state: Listed['state']) {
  return useList<Listed>(dispatch.useInfiniteQuery('get', '/api/dispatch/shipments', { params: { query: { siteId, state, limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS }));
}

function Shipments({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const lists = [['picking', useShipments(siteId, 'picking')], ['planned', useShipments(siteId, 'planned')], ['packed', useShipments(siteId, 'packed')]] as const;
  const failed = lists.find(([, list]) => list.error !== null && list.rows.length === 0)?.[1];
  if (failed) return <ErrorState error={failed.error} retry={failed.retry} />;
  if (lists.some(([, list]) => list.pending)) return <LoadingRows rows={4} shape={[40, 20]} height={84} />;
  if (lists.every(([, list]) => list.rows.length === 0)) return <EmptyState icon={PackageOpen} title={t('packing.none')} text={t('packing.noneHow')} />;
  return (
    <Stack gap="xl">
      {lists.map(([state, list]) => list.rows.length > 0 && (
        <section key={state} aria-labelledby={`shipments-${state}`}>
          <Title order={2} id={`shipments-${state}`} mb="sm">{t(`packing.groups.${state}`)}</Title>
          <ul className={classes.shipments}>{list.rows.map((shipment) => <li key={shipment.shipmentId}><ShipmentLink shipment={shipment} /></li>)}</ul>
        </section>
      ))}
    </Stack>
  );
}

function ShipmentLink({ shipment: { shipmentId, structureId, devices, packed, carriage, createdAt } }: { readonly shipment: Listed }) {
  const { t } = useTranslation('warehouse');
  const to = useDestination(structureId);
  const steps = [{ key: 'in', label: t('packing.inParcel'), count: packed, state: 'done' }, { key: 'to', label: t('packing.toFetch'), count: devices - packed, state: 'waiting' }] as const;
  return (
    <Link to="/warehouse/shipments/$shipmentId" params={{ shipmentId }} className={classes.shipment}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text fw={620}>{t('packing.title', { count: devices })}</Text>
        <Text size="sm" c="dimmed"><When at={createdAt} /></Text>
      </Group>
      <Text size="sm">{to ? `${to.name}, ${to.city}` : '…'}</Text>
      <Text size="sm" c="dimmed" mb={6}>{t('packing.packed', { packed, count: devices })} · {t(`packing.carriages.${carriage}`)}</Text>
      {packed > 0 && <JourneyBar label={t('packing.progress')} legend={false} steps={steps} />}
    </Link>
  );
}
