import { canonicalLabel } from '@lacollecte/contracts';
import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { ScanBarcode } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { queryClient } from '../../api/query-client.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { ErrorState } from '../../parts/error-state.js';
import classes from './card.module.css';
import type { Parcel, Shipment } from './states.js';
import { structure } from './workspace.js';

const RECEIVERS = ['reception', 'manager', 'employee', 'volunteer', 'other'] as const;
type Receiver = (typeof RECEIVERS)[number];

/** What is on its way in a parcel: each device is scanned or ticked as it comes out of the box; the rest is missing. Ticks are kept in this browser. */
export function ParcelCheck({ shipment, parcel: { parcelId, number } }: { readonly shipment: Shipment; readonly parcel: Parcel }) {
  const { t } = useTranslation(structure.name);
  const inside = shipment.devices.filter((device) => device.parcelId === parcelId && device.state === 'packed');
  const [ticked, setTicked, forget] = useLocalStorage<string[]>({ key: `lacollecte.parcel.${parcelId}`, defaultValue: [], getInitialValueInEffect: false });
  const [by, setBy] = useState<Receiver>('reception');
  const [scan, setScan] = useState('');
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const deliver = dispatch.useMutation('post', '/api/dispatch/shipments/{shipmentId}/parcels/{parcelId}/delivery');
  const missing = inside.filter(({ deviceId }) => !ticked.includes(deviceId)).map(({ deviceId }) => deviceId);
  const here = inside.length - missing.length;
  const confirm = async () => {
    await deliver.mutateAsync({ params: { path: { shipmentId: shipment.shipmentId, parcelId } }, body: { receivedBy: by, missing } });
    forget();
    await Promise.all(['shipments/{shipmentId}', 'shipments', 'returns'].map((path) => queryClient.invalidateQueries({ queryKey: ['get', `/api/dispatch/${path}`] })));
  };
  const scanned = (event: FormEvent) => {
    event.preventDefault();
    const label = canonicalLabel(scan);
    const device = inside.find((one) => one.label !== null && one.label === label);
    setSaid(device ? { text: t('parcel.found', { label }), wrong: false } : { text: t('parcel.notInside', { scan: scan.trim() }), wrong: true });
    if (device && !ticked.includes(device.deviceId)) setTicked([...ticked, device.deviceId]);
    setScan('');
  };
  const kindOf = (reservationId: string) => shipment.lines.find((line) => line.reservationId === reservationId)?.category as 'laptop' | undefined;
  return (
    <section className={classes.card} aria-label={t('parcel.title', { number })}>
      <div className={classes.head}>
        <Title order={2}>{t('parcel.title', { number })}</Title>
        <Text fw={620} role="status">{t('parcel.count', { here, all: inside.length })}</Text>
      </div>
      <form onSubmit={scanned}>
        <TextInput label={t('parcel.scan')} description={t('parcel.scanHow')} leftSection={<ScanBarcode size={18} aria-hidden />} value={scan} onChange={({ currentTarget: { value } }) => setScan(value)} autoComplete="off" autoCapitalize="characters" enterKeyHint="done" maxLength={60} />
      </form>
      <Text size="sm" mt={4} mih="1.5em" role="status" {...(said?.wrong === true && { c: 'var(--lc-failed-ink)' })}>{said?.text}</Text>
      <Checkbox.Group value={ticked} onChange={setTicked} label={t('parcel.tick')} mt="xs">
        <Stack gap="sm" mt="xs">
          {inside.map(({ deviceId, label, reservationId }) => {
            const kind = kindOf(reservationId);
            return <Checkbox key={deviceId} value={deviceId} label={`${label ?? deviceId}${kind === undefined ? '' : ` · ${t(`kindNames.${kind}`)}`}`} />;
          })}
        </Stack>
      </Checkbox.Group>
      <Group mt="md" align="flex-end">
        <Button variant="default" onClick={() => setTicked(inside.map(({ deviceId }) => deviceId))}>{t('parcel.allThere', { count: inside.length })}</Button>
        <NativeSelect label={t('parcel.receivedBy')} value={by} onChange={({ currentTarget: { value } }) => setBy(RECEIVERS.find((one) => one === value) ?? 'other')} data={RECEIVERS.map((value) => ({ value, label: t(`receivers.${value}`) }))} />
      </Group>
      <div className={classes.sticky}>
        {deliver.error && missing.length === 0 && <ErrorState error={deliver.error} />}
        {missing.length === 0
          ? <Button loading={deliver.isPending} onClick={() => void confirm().catch(() => undefined)}>{t('parcel.confirmAll', { count: inside.length })}</Button>
          : <ConfirmAction label={t('parcel.confirmPart', { here, count: missing.length })} question={t('parcel.question', { count: missing.length })} consequence={t('parcel.consequence')} act={confirm} />}
      </div>
    </section>
  );
}
