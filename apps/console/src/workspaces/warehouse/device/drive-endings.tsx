import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { refurbishment } from '../../../api/clients.js';
import { useDriveText } from './drive-text.js';
import type { Drive } from './erasure.js';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { useReadAgain, useStep } from './use-step.js';

/** A drive that nothing can read: only its end rids it of data. */
export function DestroyDrive({ sheet, drive, onDone }: FormProps & { readonly drive: Drive }) {
  const { t } = useTranslation('warehouse');
  const driveText = useDriveText();
  const draft = useDraft(sheet.id, `destroy.${drive.id}`, { how: '' });
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone('destroy-drive', answer)));
  const how = draft.values.how.trim();
  return (
    <StepForm danger label={t('device.send.destroy')} draft={draft} missing={how === '' ? [t('device.how')] : []} sending={sending} send={() => void send({ step: 'destroy-drive', driveId: drive.id, how })}>
      <Text>{t('device.unreadable', { drive: driveText(drive) })}</Text>
      <TextInput label={t('device.how')} description={t('device.howHint')} autoComplete="off" value={draft.values.how} onChange={(event) => draft.change({ how: event.currentTarget.value })} />
    </StepForm>
  );
}

/** Nothing in it holds data: asked once more, for what follows goes out with it. */
export function NoMedia({ sheet, onDone }: FormProps) {
  const { t } = useTranslation('warehouse');
  const readAgain = useReadAgain();
  const declare = async () => {
    const { data } = await refurbishment.call.POST('/api/refurbishment/devices/{identifier}/steps', { params: { path: { identifier: sheet.id } }, body: { step: 'declare-no-media' } });
    await readAgain();
    onDone('declare-no-media', data ?? null);
  };
  return <ConfirmAction label={t('device.send.noMedia')} question={t('device.noMediaQuestion', { label: sheet.label })} consequence={t('device.noMediaHow')} act={declare} button={{ variant: 'default' }} />;
}
