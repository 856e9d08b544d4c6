import { Button, type ButtonProps, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormBody } from './form-body.js';
import { type Form, useForm } from './use-form.js';

interface FormWindowProps<Values extends object> {
  /** On the button that opens it, and on the one that sends it. */
  readonly label: string;
  readonly title: string;
  /** What follows from it. */
  readonly lead?: ReactNode;
  readonly initial: Values;
  readonly check?: (values: Values) => Record<string, string | false | undefined>;
  /** The window stays with the refusal where it fails. */
  readonly send: (values: Values) => Promise<unknown>;
  readonly fields: (form: Form<Values>) => ReactNode;
  /** In the place of a refusal, where there is more to say of it. */
  readonly instead?: (form: Form<Values>) => ReactNode;
  readonly onOpen?: () => void;
  /** In the place of the label, where several buttons on the page have the same. */
  readonly said?: string;
  readonly danger?: boolean;
  readonly button?: ButtonProps;
}

/** A button that asks for a little more before it does what it says. */
export function FormWindow<Values extends object>({ button, said, onOpen, danger = false, ...window }: FormWindowProps<Values>) {
  const { t } = useTranslation('parts');
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button {...(danger && { variant: 'default', c: 'var(--lc-failed-ink)' })} {...button} aria-label={said} onClick={() => (onOpen?.(), open())}>{window.label}</Button>
      <Modal opened={opened} onClose={close} title={window.title} centered closeButtonProps={{ 'aria-label': t('confirm.close') }}>
        <WindowForm {...window} danger={danger} close={close} />
      </Modal>
    </>
  );
}

/** Mounted anew each time that the window opens. */
function WindowForm<Values extends object>({ label, lead, initial, check, send, fields, instead, danger = false, close }: Omit<FormWindowProps<Values>, 'title' | 'button' | 'said' | 'onOpen'> & { readonly close: () => void }) {
  const { t } = useTranslation('parts');
  const form = useForm({ initial, send: async (values) => (await send(values), close()), ...(check && { check }) });
  return (
    <FormBody form={form} submit={label} danger={danger} instead={instead?.(form)} beside={<Button variant="default" onClick={close}>{t('confirm.cancel')}</Button>}>
      {lead !== undefined && <Text size="sm" component="div">{lead}</Text>}
      {fields(form)}
    </FormBody>
  );
}
