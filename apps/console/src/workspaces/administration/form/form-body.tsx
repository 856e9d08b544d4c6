import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../parts/error-state.js';
import type { Form } from './use-form.js';

interface FormBodyProps<Values> {
  readonly form: Form<Values>;
  /** On the button that sends it: a verb. */
  readonly submit: string;
  readonly danger?: boolean;
  /** Beside that button. */
  readonly beside?: ReactNode;
  /** In the place of a refusal, where the page has more to say of it. */
  readonly instead?: ReactNode;
  readonly children: ReactNode;
}

/** Fields with what sends them. After a refusal the first refused field has the focus. */
export function FormBody<Values>({ form, submit, danger = false, beside, instead, children }: FormBodyProps<Values>) {
  const { t } = useTranslation('administration');
  const element = useRef<HTMLFormElement>(null);
  const { attempts } = form;
  useEffect(() => {
    if (attempts > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  return (
    <form ref={element} noValidate onSubmit={form.submit}>
      <Stack gap="md">
        {children}
        {instead || (form.error !== null && <ErrorState error={form.error} />)}
        {form.refused > 0 && <Text role="alert" size="sm" c="var(--lc-failed-ink)">{t('form.refused', { count: form.refused })}</Text>}
        <Group justify="flex-end">
          {beside}
          <Button type="submit" loading={form.sending} {...(danger && { color: 'red.9' })}>{submit}</Button>
        </Group>
      </Stack>
    </form>
  );
}
