import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state.js';

interface ConfirmActionProps {
  /** On the button, and on the one that does it: a verb, `Jeter 12 événements`. It says the number concerned. */
  readonly label: string;
  /** What the button is called where several have the same label: it has the label in it. */
  readonly name?: string;
  /** The question in full, with the number: `12 événements seront jetés`. */
  readonly question: string;
  /** What follows, and that it cannot be undone. */
  readonly consequence: ReactNode;
  /** The window stays with the refusal where it fails. */
  readonly act: () => Promise<unknown>;
  readonly danger?: boolean;
  readonly button?: ButtonProps;
}

/** A button for what cannot be undone: asks once, plainly. */
export function ConfirmAction({ label, name, question, consequence, act, danger = false, button }: ConfirmActionProps) {
  const { t } = useTranslation('parts');
  const [opened, { open, close }] = useDisclosure(false);
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = () => (setError(null), open());
  const confirm = async () => {
    setDoing(true);
    setError(null);
    await act().then(close, setError);
    setDoing(false);
  };
  return (
    <>
      <Button {...(danger && { variant: 'default', c: 'var(--lc-failed-ink)' })} {...button} onClick={start} aria-label={name}>{label}</Button>
      <Modal opened={opened} onClose={close} title={question} centered closeButtonProps={{ 'aria-label': t('confirm.close') }}>
        <Text size="sm" mb="md" component="div">{consequence}</Text>
        {error !== null && <ErrorState error={error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close} data-autofocus>{t('confirm.cancel')}</Button>
          <Button {...(danger && { color: 'red.9' })} loading={doing} onClick={() => void confirm()}>{label}</Button>
        </Group>
      </Modal>
    </>
  );
}
