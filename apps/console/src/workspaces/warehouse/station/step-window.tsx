import { Button, Group, Modal } from '@mantine/core';
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptScan } from '../../../offline/kept-scans.js';
import { StepFields } from '../scanning/step-fields.js';
import { type Choice, type Fields, stepOf } from '../scanning/steps.js';
import { scannedIn, type Stroke } from '../scanning/typed.js';
import { useChecklists } from '../scanning/use-checklists.js';

interface StepWindowProps {
  readonly choice: Choice;
  readonly label: string;
  readonly fields: Fields;
  readonly onDone: (step: KeptScan['step'], fields: Fields) => void;
  readonly onClose: () => void;
  /** The next device was scanned instead of an answer: nothing is done of this one. */
  readonly onScan: (text: string) => void;
}

/** What a step needs to know of one device, before it is done. */
export function StepWindow({ choice, label, fields: given, onDone, onClose, onScan }: StepWindowProps) {
  const { t } = useTranslation('warehouse');
  const [fields, setFields] = useState(given);
  const checklists = useChecklists();
  const step = stepOf(choice, fields, checklists);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step) onDone(step, fields);
  };
  useScanner(onScan);
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

/** A scanner ends with Enter, which would press the button that has the focus. Its text is for a field that has the focus, unless it is a label. */
function useScanner(onScan: (text: string) => void): void {
  const strokes = useRef<Stroke[]>([]);
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if ([...event.key].length === 1) strokes.current.push({ key: event.key, code: event.code, shift: event.shiftKey, at: event.timeStamp });
    if (event.key !== 'Enter' && event.key !== 'Tab') return;
    const scanned = scannedIn(strokes.current);
    strokes.current = [];
    if (scanned === null || (!scanned.label && event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    onScan(scanned.text);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => hear(event);
    document.addEventListener('keydown', listener, { capture: true });
    return () => document.removeEventListener('keydown', listener, { capture: true });
  }, []);
}
