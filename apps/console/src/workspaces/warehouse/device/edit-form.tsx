import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../../api/clients.js';
import { Problem } from '../../../api/problem.js';
import { CATEGORIES, type Sheet } from '../scanning/steps.js';
import { type EditValues, TEXTS, valuesOf } from './edit.js';
import { EditConflict } from './edit-conflict.js';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { useReadAgain } from './use-step.js';

/** `from`: what was shown when somebody began to type, and its version. */
type EditDraft = EditValues & { readonly from: EditValues & Pick<Sheet, 'version'> };

const IMEI = /^\d{14,16}$/;

/** What its sheet says of it, corrected. Who corrects the same meanwhile is not overwritten: one is shown both, and decides. */
export function EditForm({ sheet, onDone }: FormProps) {
  const { t } = useTranslation('warehouse');
  const readAgain = useReadAgain();
  const shown = { ...valuesOf(sheet), version: sheet.version };
  const draft = useDraft<EditDraft>(sheet.id, 'edit', { ...valuesOf(sheet), from: shown });
  const { from, ...values } = draft.values;
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const changed = ([...TEXTS, 'category'] as const).filter((name) => values[name].trim() !== from[name]);
  const send = async () => {
    setSending(true);
    setError(null);
    const body = Object.fromEntries(changed.map((name) => [name, values[name].trim() === '' ? null : values[name].trim()]));
    try {
      await refurbishment.call.PATCH('/api/refurbishment/devices/{deviceId}', { params: { path: { deviceId: sheet.id }, header: { 'If-Match': String(from.version) } }, body });
      draft.forget();
      await readAgain();
      onDone('edit', null);
    } catch (failure) {
      setError(failure);
      await readAgain();
    }
    setSending(false);
  };
  const overtaken = error instanceof Problem && error.code === 'stale-version' && sheet.version !== from.version;
  const missing = [...(changed.length === 0 ? [t('device.aChange')] : []), ...(values.imei !== '' && !IMEI.test(values.imei) ? [t('device.imeiDigits')] : [])];
  return (
    <>
      {overtaken && (
        <EditConflict
          mine={values} from={from} now={shown}
          onKeep={() => (draft.change({ ...Object.fromEntries(([...TEXTS, 'category'] as const).filter((name) => !changed.includes(name)).map((name) => [name, shown[name]])), from: shown }), setError(null))}
          onTake={() => (draft.forget(), setError(null))}
        />
      )}
      <StepForm label={t('device.send.edit')} draft={draft} missing={missing} sending={{ sending, error: overtaken ? null : error }} send={() => void send()}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {TEXTS.map((name) => <TextInput key={name} label={t(`device.sheet.${name}`)} autoComplete="off" value={values[name]} onChange={(event) => draft.change({ [name]: event.currentTarget.value })} />)}
          <NativeSelect label={t('device.columns.kind')} value={values.category} data={CATEGORIES.map((value) => ({ value, label: t(`station.kinds.${value}`) }))} onChange={({ currentTarget }) => draft.change({ category: CATEGORIES.find((one) => one === currentTarget.value) ?? values.category })} />
        </SimpleGrid>
      </StepForm>
    </>
  );
}
