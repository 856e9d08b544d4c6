import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { language } from '../../i18n/i18n.js';

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** What is typed above it becomes it. */
  readonly max: number;
  readonly min?: number;
  /** With two decimals: an amount of money. */
  readonly cents?: boolean;
}

const LETTERS = { whole: /\D/g, cents: /[^\d.,]/g };

/** A number as it is typed: other signs do not come in. Mantine's own weighs 9 kB, of a page's 250. */
export function NumberField({ value, onChange, max, min = 0, cents = false, ...field }: NumberFieldProps) {
  const [typed, setTyped] = useState('');
  const said = value === null ? '' : language() === 'fr' ? String(value).replace('.', ',') : String(value);
  const take = (text: string) => {
    const kept = text.replaceAll(cents ? LETTERS.cents : LETTERS.whole, '');
    setTyped(kept);
    const number = Math.min(Number(kept.replace(',', '.')), max);
    onChange(kept === '' || Number.isNaN(number) || number < min ? null : cents ? Math.round(number * 100) / 100 : number);
  };
  // A separator at the end is no number yet; what was typed stays while it means the same.
  const same = Number(typed.replace(',', '.')) === value && typed !== '';
  return <TextInput inputMode={cents ? 'decimal' : 'numeric'} autoComplete="off" value={same ? typed : said} onChange={({ currentTarget }) => take(currentTarget.value)} {...field} />;
}
