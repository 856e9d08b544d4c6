import { ActionIcon, CopyButton, TextInput } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
}

/** What is shown once, to be copied. */
export function SecretField({ label, value }: SecretFieldProps) {
  const { t } = useTranslation('administration');
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-sm)' } }}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? t('secret.copied') : t('secret.copy')}>{copied ? <Check size={17} aria-hidden /> : <Copy size={17} aria-hidden />}</ActionIcon>
          )}
        </CopyButton>
      }
    />
  );
}
