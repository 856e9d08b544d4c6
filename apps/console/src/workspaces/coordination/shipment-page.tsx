import { Group, NativeSelect, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { BackLink } from '../../parts/back-link.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { ActButton } from './act-button.js';
import { OrganisationName, useSites } from './names.js';
import { ParcelCard } from './parcel-card.js';
import { PickList } from './pick-list.js';
import { SHIPMENT_STATES, type Shipment } from './shipment-states.js';

const CARRIAGES = ['own', 'carrier', 'fetched'] as const;
const CANCELLATIONS = ['structure-asked', 'need-ended', 'no-transport', 'planned-in-error', 'other'] as const;
const NOT_LEFT: readonly Shipment['state'][] = ['planned', 'picking', 'packed'];
const EVERY_MS = 10_000;

/** Where is this shipment, and what is next? */
export function ShipmentPage() {
  const { t } = useTranslation('coordination');
  const { shipmentId } = useParams({ strict: false }) as { shipmentId: string };
  const { siteName } = useSites();
  const queries = useQueryClient();
  const [reason, setReason] = useState<(typeof CANCELLATIONS)[number]>('structure-asked');
  const { data: shipment, error, refetch } = dispatch.useQuery('get', '/api/dispatch/shipments/{shipmentId}', { params: { path: { shipmentId } } }, { refetchInterval: EVERY_MS });
  const changed = () => queries.invalidateQueries();
  const back = <BackLink to="/coordination/shipments">{t('shipment.back')}</BackLink>;
  if (shipment === undefined) return <Page title={t('shipment.title')} back={back}>{error === null ? <LoadingRows /> : <ErrorState error={error} retry={() => void refetch()} />}</Page>;
  const path = { path: { shipmentId } };
  const pick = async () => {
    await dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/picking', { params: path });
    await changed();
  };
  const cancel = async () => {
    await dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/cancellation', { params: path, body: { reason } });
    await changed();
  };
  const carry = async (carriage: Shipment['carriage']) => {
    await dispatch.call.PATCH('/api/dispatch/shipments/{shipmentId}', { params: { ...path, header: { 'If-Match': String(shipment.version) } }, body: { carriage } });
    await changed();
  };
  const notLeft = NOT_LEFT.includes(shipment.state);
  return (
    <Page
      title={t('shipment.title')}
      back={back}
      actions={
        <>
          {shipment.state === 'planned' && <ActButton act={pick}>{t('shipment.pick', { count: shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0) })}</ActButton>}
          {notLeft && (
            <ConfirmAction
              danger
              label={t('shipment.cancel')}
              question={t('shipment.cancelQuestion')}
              consequence={<>{t('shipment.cancelConsequence')}<NativeSelect mt="sm" label={t('reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value as typeof reason)} data={CANCELLATIONS.map((value) => ({ value, label: t(`shipment.cancelReason.${value}`) }))} /></>}
              act={cancel}
            />
          )}
        </>
      }
    >
      <Group gap="md" mb="md">
        <StateChip state={SHIPMENT_STATES[shipment.state]} label={t(`shipment.state.${shipment.state}`)} />
        <Text fw={600}><OrganisationName id={shipment.structureId} /></Text>
        <Text c="dimmed">{t('shipment.from', { site: siteName(shipment.siteId) })} · <When at={shipment.createdAt} /></Text>
      </Group>
      <Group mb="lg" align="flex-end">
        {notLeft ? <Carriage carriage={shipment.carriage} carry={carry} /> : <Text>{t(`shipment.by.${shipment.carriage}`)}</Text>}
      </Group>
      <Title order={2} mb="sm">{t('shipment.parcels')}</Title>
      {shipment.parcels.length === 0 && <Text c="dimmed">{t('shipment.noParcels')}</Text>}
      {shipment.parcels.map((parcel) => <ParcelCard key={parcel.parcelId} shipment={shipment} parcel={parcel} onChanged={changed} />)}
      {notLeft && <PickList shipmentId={shipmentId} />}
    </Page>
  );
}

function Carriage({ carriage, carry }: { readonly carriage: Shipment['carriage']; readonly carry: (carriage: Shipment['carriage']) => Promise<void> }) {
  const { t } = useTranslation('coordination');
  const [error, setError] = useState<unknown>(null);
  return (
    <div>
      <NativeSelect
        label={t('shipment.carriage')}
        value={carriage}
        onChange={(event) => void carry(event.currentTarget.value as Shipment['carriage']).then(() => setError(null), setError)}
        data={CARRIAGES.map((value) => ({ value, label: t(`shipment.by.${value}`) }))}
      />
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
