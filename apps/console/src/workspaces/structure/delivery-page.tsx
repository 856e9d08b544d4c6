import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { BackLink } from '../../parts/back-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { isMissing } from './is-missing.js';
import { ParcelCheck } from './parcel-check.js';
import { ParcelDone } from './parcel-done.js';
import { SHIPMENT } from './states.js';
import { siteName, useSites } from './use-sites.js';
import { structure } from './workspace.js';

/** One shipment: is everything there? */
export function DeliveryPage() {
  const { t } = useTranslation(structure.name);
  const sites = useSites();
  const { shipmentId = '' } = useParams({ strict: false });
  const { data: shipment, error, refetch } = dispatch.useQuery('get', '/api/dispatch/shipments/{shipmentId}', { params: { path: { shipmentId } } });
  const back = <BackLink to="/structure/deliveries">{t('delivery.back')}</BackLink>;
  if (isMissing(error)) return <EmptyState level={1} icon={SearchX} title={t('delivery.missing')} text={t('delivery.missingHow')} action={back} />;
  if (!shipment) return <Page back={back} title={t('delivery.title')}>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows />}</Page>;
  const parcels = shipment.parcels.filter(({ state }) => state !== 'cancelled');
  return (
    <Page
      back={back}
      title={t('delivery.from', { site: siteName(sites, shipment.siteId) })}
      lead={shipment.lines.filter(({ quantity }) => quantity > 0).map(({ category, quantity }) => t(`kinds.${category as 'laptop'}`, { count: quantity })).join(', ')}
      actions={<StateChip state={SHIPMENT[shipment.state]} label={t(`shipmentStates.${shipment.state}`)} />}
    >
      <Stack gap="lg">
        {parcels.length === 0 && <p>{t('delivery.notPacked')}</p>}
        {parcels.map((parcel) => (parcel.state === 'handed-over' ? <ParcelCheck key={parcel.parcelId} shipment={shipment} parcel={parcel} /> : <ParcelDone key={parcel.parcelId} shipment={shipment} parcel={parcel} />))}
      </Stack>
    </Page>
  );
}
