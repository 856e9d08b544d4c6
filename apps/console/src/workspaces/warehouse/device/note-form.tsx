import { NativeSelect, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { type StepBody, useStep } from './use-step.js';

interface NoteFormProps extends FormProps {
  readonly step: string;
  readonly label: string;
  readonly danger?: boolean;
  /** One of these has to be chosen. */
  readonly reasons?: readonly { readonly value: string; readonly label: string }[];
  /** The note is why, and has to be given. */
  readonly because?: boolean;
}

/** A step that takes a reason, a note, or both. */
export function NoteForm({ sheet, onDone, step, label, danger = false, reasons, because = false }: NoteFormProps) {
  const { t } = useTranslation('warehouse');
  const draft = useDraft(sheet.id, step, { reason: '', note: '' });
  const { reason, note } = draft.values;
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone(step, answer)));
  const missing = (reasons !== undefined && reason === '') || (because && note.trim() === '') ? [t('series.reason')] : [];
  const written = note.trim() === '' ? null : note.trim();
  const body = { step, ...(because ? { reason: written } : { note: written, ...(reasons && { reason }) }) } as StepBody;
  return (
    <StepForm label={label} danger={danger} draft={draft} missing={missing} sending={sending} send={() => void send(body)}>
      {reasons && <NativeSelect label={t('series.reason')} value={reason} data={[{ value: '', label: t('device.choose') }, ...reasons]} onChange={(event) => draft.change({ reason: event.currentTarget.value })} />}
      <Textarea label={because ? t('series.reason') : t('device.note')} autosize minRows={2} maxLength={because ? 200 : 500} value={note} onChange={(event) => draft.change({ note: event.currentTarget.value })} />
    </StepForm>
  );
}
