import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Empty: ''. What is no number stays the text that it is, for the form to refuse. */
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  /** Beside the number. */
  readonly unit?: string;
}

/** A number as this language writes it. Mantine's own field weighs 13 kB, of a page's 250. */
export function NumberField({ value, onChange, unit = '', ...field }: NumberFieldProps) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  const said = typeof value === 'string' ? value : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 8, useGrouping: false }).format(value);
  const type = (text: string) => {
    setTyped(text);
    onChange(read(text));
  };
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...(unit !== '' && { rightSection: <Text size="sm" c="dimmed" px="sm">{unit}</Text>, rightSectionWidth: 'auto', rightSectionPointerEvents: 'none' })}
      {...field}
      value={read(typed) === value ? typed : said}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}

/** `1 250,5` and `1250.5` alike. */
function read(text: string): number | string {
  const digits = text.replaceAll(/[\s\u202f\u00a0]/g, '').replace(',', '.');
  return digits !== '' && Number.isFinite(Number(digits)) ? Number(digits) : text;
}
