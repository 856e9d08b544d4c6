import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { ErrorState } from '../../../parts/error-state.js';
import { StateChip } from '../../../parts/state-chip.js';
import { useChange } from '../site/use-change.js';
import { type Parcel, PARCEL_LOOKS, type Shipment, TAKERS } from './packing.js';

const PARCEL = '/api/dispatch/shipments/{shipmentId}/parcels/{parcelId}' as const;

/** Each parcel: how much is in it, its seal, and who took it. */
export function Parcels({ shipment: { shipmentId, state, parcels } }: { readonly shipment: Shipment }) {
  const { t } = useTranslation('warehouse');
  const { change, changing, error } = useChange('dispatch');
  const another = () => change(() => dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/parcels', { params: { path: { shipmentId } } }));
  const shown = parcels.filter((parcel) => parcel.state !== 'cancelled');
  return (
    <Stack gap="md">
      {shown.map((parcel) => (
        <Paper key={parcel.parcelId} component="section" withBorder p="md" bg="var(--lc-raised)" aria-labelledby={`parcel-${parcel.number}`}>
          <Group justify="space-between" gap="sm" mb="xs">
            <Title order={2} size="h3" id={`parcel-${parcel.number}`}>{t('packing.parcel', { number: parcel.number })}</Title>
            <StateChip size="sm" state={PARCEL_LOOKS[parcel.state]} label={t(`packing.states.${parcel.state}`)} />
          </Group>
          <Text size="sm">{t('queue.devices', { count: parcel.devices })}{parcel.seal !== null && ` · ${t('packing.sealIs', { seal: parcel.seal })}`}</Text>
          {parcel.state === 'open' && <SealForm shipmentId={shipmentId} parcel={parcel} />}
          {parcel.state === 'packed' && <HandOver shipmentId={shipmentId} parcel={parcel} />}
        </Paper>
      ))}
      {state === 'picking' && shown.length > 0 && <Group><Button variant="default" loading={changing} onClick={() => void another()}>{t('packing.newParcel')}</Button></Group>}
      {error !== null && <ErrorState error={error} />}
    </Stack>
  );
}

interface OfParcel {
  readonly shipmentId: string;
  readonly parcel: Parcel;
}

function SealForm({ shipmentId, parcel: { parcelId, devices } }: OfParcel) {
  const { t } = useTranslation('warehouse');
  const [seal, setSeal] = useState('');
  const { change, changing, error } = useChange('dispatch');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (seal.trim() !== '') await change(() => dispatch.call.POST(`${PARCEL}/seal`, { params: { path: { shipmentId, parcelId } }, body: { seal: seal.trim() } }));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-end" gap="sm" mt="sm">
        <TextInput label={t('packing.seal')} maxLength={40} autoComplete="off" value={seal} onChange={(event) => setSeal(event.currentTarget.value)} />
        <Button type="submit" loading={changing} disabled={seal.trim() === '' || devices === 0}>{t('packing.sealDo')}</Button>
      </Group>
      {error !== null && <ErrorState error={error} />}
    </form>
  );
}

function HandOver({ shipmentId, parcel: { parcelId, number } }: OfParcel) {
  const { t } = useTranslation('warehouse');
  const [taker, setTaker] = useState<(typeof TAKERS)[number]>('driver');
  const { change, changing, error, readAgain } = useChange('dispatch');
  const params = { path: { shipmentId, parcelId } };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change(() => dispatch.call.POST(`${PARCEL}/hand-over`, { params, body: { takenBy: taker } }));
  };
  const reopen = async () => {
    await dispatch.call.POST(`${PARCEL}/reopening`, { params }).finally(readAgain);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm" mt="sm">
        <NativeSelect label={t('packing.taker')} value={taker} data={TAKERS.map((value) => ({ value, label: t(`packing.takers.${value}`) }))} onChange={({ currentTarget }) => setTaker(TAKERS.find((one) => one === currentTarget.value) ?? 'driver')} />
        <Button type="submit" loading={changing}>{t('packing.handOver')}</Button>
        <ConfirmAction label={t('packing.reopen')} question={t('packing.reopenQuestion', { number })} consequence={t('packing.reopenHow')} act={reopen} button={{ variant: 'default' }} />
      </Group>
      {error !== null && <ErrorState error={error} />}
    </form>
  );
}
