import { Button, Group, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptScan } from '../../../offline/kept-scans.js';
import { StepFields } from '../scanning/step-fields.js';
import { type Choice, type Fields, stepOf } from '../scanning/steps.js';
import { useChecklists } from '../scanning/use-checklists.js';

interface StepWindowProps {
  readonly choice: Choice;
  readonly label: string;
  readonly fields: Fields;
  readonly onDone: (step: KeptScan['step'], fields: Fields) => void;
  readonly onClose: () => void;
}

/** What a step needs to know of one device, before it is done. */
export function StepWindow({ choice, label, fields: given, onDone, onClose }: StepWindowProps) {
  const { t } = useTranslation('warehouse');
  const [fields, setFields] = useState(given);
  const checklists = useChecklists();
  const step = stepOf(choice, fields, checklists);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step) onDone(step, fields);
  };
  return (
    <Modal opened onClose={onClose} title={t('station.window', { step: t(`series.steps.${choice}`), label })} size="lg" centered closeButtonProps={{ 'aria-label': t('station.cancel') }}>
      <form onSubmit={submit}>
        <StepFields single choice={choice} fields={fields} checklists={checklists} onChange={setFields} />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" size="md" onClick={onClose}>{t('station.cancel')}</Button>
          <Button type="submit" size="md" disabled={step === null} data-autofocus>{t('station.confirm')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
