import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../parts/error-state.js';
import type { Draft } from './use-draft.js';
import type { Sending } from './use-step.js';

interface StepFormProps {
  /** The verb on its button. */
  readonly label: string;
  readonly draft: Pick<Draft<object>, 'kept' | 'forget'>;
  /** What has to be said before it can be sent, in words. */
  readonly missing: readonly string[];
  readonly sending: Omit<Sending, 'send'>;
  readonly send: () => void;
  readonly danger?: boolean;
  readonly children?: ReactNode;
}

/** A form of a device: says what is missing, and that what was typed is kept. */
export function StepForm({ label, draft, missing, sending: { sending, error }, send, danger = false, children }: StepFormProps) {
  const { t } = useTranslation('warehouse');
  const hint = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing.length === 0 && !sending) send();
  };
  return (
    <form onSubmit={submit} aria-label={label}>
      <Stack gap="md">
        {children}
        {error !== null && <ErrorState error={error} />}
        <Group justify="space-between" gap="sm">
          <Stack gap={2} style={{ flex: '1 1 14rem' }}>
            <Text size="sm" role="status" id={hint}>{missing.length > 0 ? t('device.missing', { what: missing.join(', ') }) : t('device.complete')}</Text>
            {draft.kept && <Text size="xs" c="dimmed">{t('device.draft')}</Text>}
          </Stack>
          <Group gap="xs">
            {draft.kept && <Button variant="subtle" color="gray" c="dimmed" onClick={draft.forget}>{t('device.startOver')}</Button>}
            <Button type="submit" size="md" disabled={missing.length > 0} loading={sending} aria-describedby={hint} {...(danger && { color: 'red.9' })}>{label}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
