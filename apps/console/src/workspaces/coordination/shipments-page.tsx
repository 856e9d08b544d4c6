import { Button, NativeSelect, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Truck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import { OrganisationName, useSites } from './names.js';
import { SHIPMENT_STATES, type Shipment } from './shipment-states.js';
import classes from './shipments.module.css';

const UNDER_WAY = ['failed', 'planned', 'picking', 'packed', 'handed-over'] as const;
const ENDED = ['delivered', 'returned', 'cancelled'] as const;
const EVERY_MS = 20_000;

/** What is on its way, and what is stuck? */
export function ShipmentsPage() {
  const { t } = useTranslation('coordination');
  const { sites } = useSites();
  const [siteId, setSiteId] = useState('');
  const [ended, setEnded] = useState('false');
  const states = ended === 'true' ? ENDED : UNDER_WAY;
  const { data: any } = dispatch.useQuery('get', '/api/dispatch/shipments', { params: { query: { limit: 1 } } }, { refetchInterval: EVERY_MS });
  return (
    <Page
      title={t('nav.shipments')}
      lead={t(ended === 'true' ? 'shipment.leadEnded' : 'shipment.lead')}
      actions={
        <>
          <NativeSelect aria-label={t('shipment.which')} value={ended} onChange={(event) => setEnded(event.currentTarget.value)} data={[{ value: 'false', label: t('shipment.underWay') }, { value: 'true', label: t('shipment.ended') }]} />
          <NativeSelect aria-label={t('stock.site')} value={siteId} onChange={(event) => setSiteId(event.currentTarget.value)} data={[{ value: '', label: t('stock.allSites') }, ...sites.map((site) => ({ value: site.siteId, label: site.name }))]} />
        </>
      }
    >
      {any?.items.length === 0
        ? <EmptyState icon={Truck} level={2} title={t('shipment.nothing')} text={t('shipment.nothingHow')} />
        : <div className={classes.board}>{states.map((state) => <Column key={state} state={state} siteId={siteId} />)}</div>}
    </Page>
  );
}

function Column({ state, siteId }: { readonly state: Shipment['state']; readonly siteId: string }) {
  const { t } = useTranslation('coordination');
  const { siteName } = useSites();
  const list = useList(dispatch.useInfiniteQuery('get', '/api/dispatch/shipments', { params: { query: { limit: 30, state, ...(siteId !== '' && { siteId }) } } }, { ...paged, refetchInterval: EVERY_MS }));
  const heading = `shipments-${state}`;
  return (
    <section className={classes.column} aria-labelledby={heading}>
      <Title order={2} size="h3" id={heading}>
        <StateChip state={SHIPMENT_STATES[state]} label={t(`shipment.state.${state}`)} /> <Text span c="dimmed">{t(list.hasMore ? 'shipment.atLeast' : 'shipment.count', { count: list.rows.length })}</Text>
      </Title>
      {list.pending && <LoadingRows rows={2} shape={[80]} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && list.rows.length === 0 && <Text size="sm" c="dimmed" mt="xs">{t('shipment.none')}</Text>}
      <ul className={classes.cards} hidden={list.rows.length === 0}>
        {list.rows.map((shipment) => (
          <li key={shipment.shipmentId}>
            <Link to={`/coordination/shipments/${shipment.shipmentId}` as string} className={classes.card}>
              <Text fw={600} component="span" display="block"><OrganisationName id={shipment.structureId} /></Text>
              <Text size="sm" component="span" display="block">{t('devices', { count: shipment.devices })} · {siteName(shipment.siteId)}</Text>
              <Text size="sm" c="dimmed" component="span" display="block">{t('shipment.packed', { packed: shipment.packed, count: shipment.devices })} · <When at={shipment.createdAt} /></Text>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasMore && <Button variant="default" size="xs" mt="sm" onClick={list.more}>{t('shipment.more')}</Button>}
    </section>
  );
}
