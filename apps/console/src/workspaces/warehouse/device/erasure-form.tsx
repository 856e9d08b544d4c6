import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import { fieldsFor } from '../scanning/steps.js';
import { useKeptFields } from '../scanning/use-kept-fields.js';
import { useDriveText } from './drive-text.js';
import { DestroyDrive, NoMedia } from './drive-endings.js';
import { type ErasureDraft, erasureBody, lacking, localTime, METHODS_FOR, RESULTS } from './erasure.js';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { useStep } from './use-step.js';

/** What rid each of its drives of data, when, and with which tool. */
export function ErasureForm({ sheet, onDone }: FormProps) {
  const { t } = useTranslation('warehouse');
  const driveText = useDriveText();
  const [kept] = useKeptFields();
  const [opened] = useState(() => localTime(new Date()));
  const open = sheet.drives.filter(({ status }) => status === 'pending');
  const readable = open.filter((one) => one.readable);
  const { tool, toolVersion } = fieldsFor(sheet, kept.fields);
  const draft = useDraft<ErasureDraft>(sheet.id, 'erase', { driveId: '', method: 'sanitize', tool, toolVersion, startedAt: opened, finishedAt: opened, verified: true, accountUnlinked: false, result: 'passed' });
  const drive = readable.find(({ id }) => id === draft.values.driveId) ?? readable[0];
  const methods = METHODS_FOR[drive?.kind ?? 'nvme'];
  const values = { ...draft.values, driveId: drive?.id ?? '', method: methods.find((method) => method === draft.values.method) ?? methods[0]! };
  const { change } = draft;
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone('erase', answer)));
  const lacks = lacking(values);
  const methodText = (method: string) => t(`series.methods.${method as 'sanitize' | 'crypto-erase' | 'clear' | 'factory-reset'}`);
  return (
    <Stack gap="lg">
      {sheet.drives.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: '1.2rem' }} aria-label={t('device.drives')}>
          {sheet.drives.map((one) => <li key={one.id}>{driveText(one)} · <b>{t(`device.driveStates.${one.status}`)}</b></li>)}
        </ul>
      )}
      {open.length === 0 && <Notice state={sheet.checks.erasure ? 'done' : 'waiting'} icon={HardDrive} title={t(sheet.checks.erasure ? 'device.allErased' : 'device.noDriveKnown')}>{!sheet.checks.erasure && t('device.noDriveKnownHow')}</Notice>}
      {drive && (
        <StepForm label={t('device.send.erase')} draft={draft} missing={lacks.map((field) => t(`device.erasure.${field}`))} sending={sending} send={() => void send(erasureBody(values, drive.serial))}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect label={t('device.driveToErase')} value={drive.id} data={readable.map((one) => ({ value: one.id, label: driveText(one) }))} onChange={(event) => change({ driveId: event.currentTarget.value })} />
            <NativeSelect label={t('series.method')} value={values.method} data={methods.map((value) => ({ value, label: methodText(value) }))} onChange={({ currentTarget }) => change({ method: methods.find((one) => one === currentTarget.value) ?? values.method })} />
            <TextInput label={t('series.tool')} autoComplete="off" value={values.tool} onChange={(event) => change({ tool: event.currentTarget.value })} />
            <TextInput label={t('series.toolVersion')} autoComplete="off" value={values.toolVersion} onChange={(event) => change({ toolVersion: event.currentTarget.value })} />
            <TextInput label={t('device.erasure.startedAt')} type="datetime-local" step={1} value={values.startedAt} onChange={(event) => change({ startedAt: event.currentTarget.value })} />
            <TextInput label={t('device.erasure.finishedAt')} type="datetime-local" step={1} value={values.finishedAt} onChange={(event) => change({ finishedAt: event.currentTarget.value })} />
            <NativeSelect label={t('device.result')} value={values.result} data={RESULTS.map((value) => ({ value, label: t(`device.results.${value}`) }))} onChange={({ currentTarget }) => change({ result: RESULTS.find((one) => one === currentTarget.value) ?? 'passed' })} />
          </SimpleGrid>
          {drive.kind === 'internal'
            ? <Checkbox label={t('device.unlinked')} checked={values.accountUnlinked} onChange={(event) => change({ accountUnlinked: event.currentTarget.checked })} />
            : <Checkbox label={t('device.verified')} checked={values.verified} onChange={(event) => change({ verified: event.currentTarget.checked })} />}
          {values.result !== 'passed' && <Text size="sm">{t('device.notErased')}</Text>}
        </StepForm>
      )}
      {open.filter((one) => !one.readable && sheet.steps.includes('destroy-drive')).map((one) => <DestroyDrive key={one.id} sheet={sheet} drive={one} onDone={onDone} />)}
      {!sheet.checks.erasure && sheet.drives.length === 0 && sheet.steps.includes('declare-no-media') && <NoMedia sheet={sheet} onDone={onDone} />}
    </Stack>
  );
}
