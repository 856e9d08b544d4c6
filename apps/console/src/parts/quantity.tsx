import { useTranslation } from 'react-i18next';

interface QuantityProps {
  readonly value: number;
  /** CLDR unit (`kilogram`, `kilometer` …), where the number alone would not say. */
  readonly unit?: string;
  readonly decimals?: number;
}

/** A number as this language writes it, in figures of one width. */
export function Quantity({ value, unit, decimals = 0 }: QuantityProps) {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: decimals, ...(unit !== undefined && { style: 'unit', unit, unitDisplay: 'short' }) });
  return <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{format.format(value)}</span>;
}
