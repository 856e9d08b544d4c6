import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from './forms.js';
import { NoteForm } from './note-form.js';

/** It goes to be repaired, or comes back from it: then it is tested and graded again. */
export function RepairForm(props: FormProps) {
  const { t } = useTranslation('warehouse');
  const step = props.sheet.steps.includes('finish-repair') ? 'finish-repair' : 'start-repair';
  return (
    <>
      <Text mb="md">{t(`device.repair.${step}`)}</Text>
      <NoteForm key={step} {...props} step={step} label={t(`device.send.${step}`)} />
    </>
  );
}
