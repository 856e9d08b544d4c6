import { Checkbox, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../api/clients.js';
import { StateChip } from '../../parts/state-chip.js';
import { Timeline } from '../../parts/timeline.js';
import { ActButton } from './act-button.js';
import { PARCEL_STATES, type Parcel, type Shipment } from './shipment-states.js';

const TAKERS = ['driver', 'carrier', 'structure'] as const;
const RECEIVERS = ['manager', 'employee', 'volunteer', 'reception', 'other'] as const;
const FAILURES = ['nobody-there', 'refused', 'wrong-address', 'no-access', 'vehicle', 'damaged', 'other'] as const;
const SEALS = ['intact', 'broken'] as const;

interface ParcelCardProps {
  readonly shipment: Shipment;
  readonly parcel: Parcel;
  readonly onChanged: () => Promise<void>;
}

/** One parcel: what happened to it, and what can be said of it now. */
export function ParcelCard({ shipment: { shipmentId, devices }, parcel, onChanged }: ParcelCardProps) {
  const { t } = useTranslation('coordination');
  const [missing, setMissing] = useState<string[]>([]);
  const labels = devices.flatMap(({ parcelId, state, label }) => (parcelId === parcel.parcelId && state === 'packed' && label !== null ? [label] : []));
  const params = { path: { shipmentId, parcelId: parcel.parcelId } };
  const base = '/api/dispatch/shipments/{shipmentId}/parcels/{parcelId}' as const;
  const after = async (done: Promise<unknown>) => {
    await done;
    await onChanged();
  };
  const steps = [
    { key: 'sealed', at: parcel.sealedAt, detail: parcel.seal && t('parcel.sealIs', { seal: parcel.seal }), state: 'active' },
    { key: 'handedOver', at: parcel.handedOverAt, detail: parcel.takenBy && t(`parcel.takenBy.${parcel.takenBy as 'driver'}`), state: 'active' },
    { key: 'failed', at: parcel.failedAt, detail: parcel.failure && t(`parcel.failure.${parcel.failure as 'other'}`), state: 'failed' },
    { key: 'returned', at: parcel.returnedAt, detail: null, state: 'failed' },
    { key: 'delivered', at: parcel.deliveredAt, detail: parcel.receivedBy && t(`parcel.receivedBy.${parcel.receivedBy as 'other'}`), state: 'done' },
  ] as const;
  const shown = steps.flatMap(({ key, at, detail, state }) => (at === null ? [] : [{ key, title: t(`parcel.step.${key}`), at, state, ...(detail && { detail }) }]));
  return (
    <Paper withBorder p="md" mb="md" radius="md">
      <Group justify="space-between" mb="sm">
        <Text fw={620}>{t('parcel.title', { number: parcel.number })} · {t('devices', { count: parcel.devices })}</Text>
        <StateChip size="sm" state={PARCEL_STATES[parcel.state]} label={t(`parcel.state.${parcel.state}`)} />
      </Group>
      {shown.length > 0 && <Timeline steps={shown} label={t('parcel.title', { number: parcel.number })} />}
      {parcel.state === 'open' && <Text size="sm" c="dimmed">{t('parcel.openHow')}</Text>}
      {parcel.state === 'packed' && (
        <Choice label={t('parcel.who')} options={TAKERS} word={(value) => t(`parcel.takenBy.${value}`)} act={(takenBy) => after(dispatch.call.POST(`${base}/hand-over`, { params, body: { takenBy } }))}>{t('parcel.handOver')}</Choice>
      )}
      {parcel.state === 'handed-over' && (
        <>
          {labels.length > 0 && (
            <Checkbox.Group label={t('parcel.missing')} description={t('parcel.missingHow')} value={missing} onChange={setMissing} mt="sm">
              <Group gap="md" mt={6}>{labels.map((label) => <Checkbox key={label} value={label} label={label} />)}</Group>
            </Checkbox.Group>
          )}
          <Choice label={t('parcel.receiver')} options={RECEIVERS} word={(value) => t(`parcel.receivedBy.${value}`)} act={(receivedBy) => after(dispatch.call.POST(`${base}/delivery`, { params, body: { receivedBy, missing } }))}>{missing.length === 0 ? t('parcel.deliver') : t('parcel.deliverWithout', { count: missing.length })}</Choice>
          <Choice quiet label={t('parcel.whyNot')} options={FAILURES} word={(value) => t(`parcel.failure.${value}`)} act={(reason) => after(dispatch.call.POST(`${base}/failure`, { params, body: { reason } }))}>{t('parcel.fail')}</Choice>
        </>
      )}
      {parcel.state === 'failed' && (
        <>
          <Choice label={t('parcel.who')} options={TAKERS} word={(value) => t(`parcel.takenBy.${value}`)} act={(takenBy) => after(dispatch.call.POST(`${base}/retry`, { params, body: { takenBy } }))}>{t('parcel.retry')}</Choice>
          <Choice quiet label={t('parcel.seal')} options={SEALS} word={(value) => t(`parcel.sealState.${value}`)} act={(seal) => after(dispatch.call.POST(`${base}/return`, { params, body: { sealIntact: seal === 'intact' } }))}>{t('parcel.return')}</Choice>
        </>
      )}
    </Paper>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Value[];
  readonly word: (value: Value) => string;
  readonly act: (value: Value) => Promise<void>;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** A word to choose, and the button that says it. */
function Choice<Value extends string>({ label, options, word, act, quiet = false, children }: ChoiceProps<Value>) {
  const [value, setValue] = useState<Value>(options[0]!);
  return (
    <Group align="flex-end" gap="sm" mt="sm">
      <NativeSelect label={label} value={value} onChange={(event) => setValue(event.currentTarget.value as Value)} data={options.map((option) => ({ value: option, label: word(option) }))} />
      <ActButton act={() => act(value)} {...(quiet && { variant: 'default' })}>{children}</ActButton>
    </Group>
  );
}
