import { Button, Group, Kbd, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../parts/error-state.js';

const SHORTEST = 3;

interface ReasonActionProps {
  readonly label: string;
  readonly question: string;
  readonly act: (reason: string) => Promise<unknown>;
  /** The key that presses it in the inbox. */
  readonly shortcut?: string;
}

/** A refusal: who is refused reads the reason. */
export function ReasonAction({ label, question, act, shortcut }: ReasonActionProps) {
  const { t } = useTranslation('coordination');
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < SHORTEST || doing) return;
    setDoing(true);
    setError(null);
    await act(reason.trim()).then(close, setError);
    setDoing(false);
  };
  return (
    <>
      <Button variant="default" c="var(--lc-failed-ink)" onClick={open} {...(shortcut !== undefined && { 'aria-keyshortcuts': shortcut, rightSection: <Kbd size="xs" aria-hidden>{shortcut}</Kbd> })}>{label}</Button>
      <Modal opened={opened} onClose={close} title={question} centered closeButtonProps={{ 'aria-label': t('cancel') }}>
        <form onSubmit={(event) => void send(event)}>
          <Textarea label={t('reason')} description={t('reasonHow')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={500} data-autofocus />
          {error !== null && <ErrorState error={error} />}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>{t('cancel')}</Button>
            <Button type="submit" color="red.9" loading={doing} disabled={reason.trim().length < SHORTEST}>{label}</Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
