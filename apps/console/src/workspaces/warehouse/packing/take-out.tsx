import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { useChange } from '../site/use-change.js';
import classes from './packing.module.css';
import type { PickList, Shipment } from './packing.js';

interface TakeOutProps {
  readonly shipment: Shipment;
  readonly devices: PickList['toTakeOut'];
}

/** Recalled or given up since it was packed: it comes out of its parcel, into a bin. */
export function TakeOut({ shipment, devices }: TakeOutProps) {
  const { t } = useTranslation('warehouse');
  return (
    <section aria-labelledby="take-out">
      <Title order={2} id="take-out" mb="xs">{t('packing.takeOut')}</Title>
      <ul className={classes.rows}>{devices.map((device) => <li key={device.deviceId} className={classes.row}><One shipment={shipment} device={device} /></li>)}</ul>
    </section>
  );
}

function One({ shipment: { shipmentId, parcels }, device: { deviceId, label, parcelId } }: { readonly shipment: Shipment; readonly device: PickList['toTakeOut'][number] }) {
  const { t } = useTranslation('warehouse');
  const [bin, setBin] = useState('');
  const { change, changing, error } = useChange('dispatch');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (bin.trim() !== '') await change(() => dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/put-backs', { params: { path: { shipmentId } }, body: { device: label ?? deviceId, bin: bin.trim() } }));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Text mb={4}>{t('packing.takeOutOf', { label: label ?? '…', parcel: parcels.find((one) => one.parcelId === parcelId)?.number ?? 0 })}</Text>
      <Group align="flex-end" gap="sm">
        <TextInput label={t('packing.toBin')} autoComplete="off" autoCapitalize="characters" value={bin} onChange={(event) => setBin(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={changing} disabled={bin.trim() === ''}>{t('packing.takeOutDo')}</Button>
      </Group>
      {error !== null && <ErrorState error={error} />}
    </form>
  );
}
