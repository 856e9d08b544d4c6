import { Button, Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { Problem } from '../../api/problem.js';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { PageMissing } from '../../shell/page-missing.js';
import { type Shipment, SHIPMENT_LOOKS } from './packing/packing.js';
import classes from './packing/packing.module.css';
import { Parcels } from './packing/parcels.js';
import { ScanParcel } from './packing/scan-parcel.js';
import { ToPick } from './packing/to-pick.js';
import { useDestination } from './packing/use-destination.js';
import { useChange } from './site/use-change.js';

const REFRESH_MS = 10_000;
const IN_PARCEL = ['packed', 'pulled'];

/** What is fetched for this shipment, what lies in its parcels, and has it left? */
export function PackingPage() {
  const { t } = useTranslation('warehouse');
  const { shipmentId } = useParams({ from: '/warehouse/shipments/$shipmentId' });
  const { data: shipment, error, refetch } = dispatch.useQuery('get', '/api/dispatch/shipments/{shipmentId}', { params: { path: { shipmentId } } }, { refetchInterval: REFRESH_MS });
  const to = useDestination(shipment?.structureId);
  const back = <BackLink to="/warehouse/shipments">{t('nav.shipments')}</BackLink>;
  if (!shipment && error instanceof Problem && (error.status === 404 || error.status === 400)) return <PageMissing />;
  if (!shipment) return <Page back={back} title={t('nav.shipments')}>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows rows={5} shape={[30, 30]} />}</Page>;
  const devices = shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const packed = shipment.devices.filter(({ state, parcelId }) => parcelId !== null && IN_PARCEL.includes(state)).length;
  return (
    <Page
      back={back}
      title={t('packing.title', { count: devices })}
      lead={<>{to && <>{t('packing.to', { name: to.name, street: to.street, town: `${to.postalCode} ${to.city}` })}<br /></>}{t('packing.packed', { packed, count: devices })} · {t(`packing.carriages.${shipment.carriage}`)} · <When at={shipment.createdAt} /></>}
      actions={<StateChip state={SHIPMENT_LOOKS[shipment.state]} label={t(`packing.shipmentStates.${shipment.state}`)} />}
    >
      <Preparing shipment={shipment} />
    </Page>
  );
}

function Preparing({ shipment }: { readonly shipment: Shipment }) {
  const { t } = useTranslation('warehouse');
  const { change, changing, error, readAgain } = useChange('dispatch');
  const begin = () => change(() => dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/picking', { params: { path: { shipmentId: shipment.shipmentId } } }));
  if (shipment.state === 'planned') {
    return (
      <Stack gap="sm">
        <Text>{t('packing.beginHow')}</Text>
        {error !== null && <ErrorState error={error} />}
        <Group><Button size="md" loading={changing} onClick={() => void begin()}>{t('packing.begin')}</Button></Group>
      </Stack>
    );
  }
  if (shipment.state !== 'picking' && shipment.state !== 'packed') return <Stack gap="lg"><Text>{t('packing.over', { state: t(`packing.shipmentStates.${shipment.state}`) })}</Text><Parcels shipment={shipment} /></Stack>;
  return (
    <Stack gap="lg">
      {shipment.state === 'picking' && <ScanParcel shipment={shipment} readAgain={readAgain} />}
      <div className={classes.sides}>
        <Stack gap="lg"><ToPick shipment={shipment} readAgain={readAgain} /></Stack>
        <Parcels shipment={shipment} />
      </div>
    </Stack>
  );
}
