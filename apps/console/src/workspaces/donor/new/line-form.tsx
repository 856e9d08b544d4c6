import { CATEGORIES, type Category } from '@lacollecte/contracts';
import { Button, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../parts/error-state.js';
import { faultsOf, LINE_TEXTS, lineOf, type LineValues, type TypedLine, valuesOf } from './line-values.js';

interface LineFormProps {
  readonly initial?: LineValues;
  /** Refusals known from before, by field. */
  readonly known?: Readonly<Record<string, string>>;
  readonly label: string;
  readonly send: (line: TypedLine) => Promise<unknown>;
  readonly cancel?: () => void;
}

/** One kind of equipment, or one device. Each refusal stands at its field. */
export function LineForm({ initial, known = {}, label, send, cancel }: LineFormProps) {
  const { t } = useTranslation('donor');
  const [values, setValues] = useState(initial ?? valuesOf({}));
  const [faults, setFaults] = useState(known);
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const set = (change: Partial<LineValues>) => {
    setValues((before) => ({ ...before, ...change }));
    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in change))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const quantity = Number(values.quantity);
    const found = { ...(values.category === '' && { category: t('new.line.categoryMissing') }), ...(!(Number.isInteger(quantity) && quantity >= 1 && quantity <= 100_000) && { quantity: t('new.line.quantityWrong') }) };
    setFaults(found);
    setError(null);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      await send(lineOf(values));
      // The next one is mostly of the same kind.
      if (!initial) setValues(({ category, maker }) => ({ ...valuesOf({}), category, maker }));
    } catch (failure) {
      setFaults(faultsOf(failure));
      setError(failure);
    }
    setSending(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <NativeSelect
          label={t('new.fields.category')} required value={values.category} error={faults['category']} onChange={(event) => set({ category: event.currentTarget.value as Category | '' })}
          data={[{ value: '', label: t('new.line.choose') }, ...CATEGORIES.map((category) => ({ value: category, label: t(`device.categories.${category}`) }))]}
        />
        <TextInput label={t('new.fields.quantity')} required inputMode="numeric" value={values.quantity} error={faults['quantity']} onChange={(event) => set({ quantity: event.currentTarget.value })} />
        {LINE_TEXTS.map((field) => (
          <TextInput key={field} label={t(`new.fields.${field}`)} maxLength={500} value={values[field]} error={faults[field]} onChange={(event) => set({ [field]: event.currentTarget.value })} />
        ))}
      </SimpleGrid>
      {error !== null && Object.keys(faults).length === 0 && <ErrorState error={error} />}
      <Group mt="md" gap="sm">
        <Button type="submit" variant="light" loading={sending}>{label}</Button>
        {cancel && <Button variant="default" onClick={cancel}>{t('new.line.cancel')}</Button>}
      </Group>
    </form>
  );
}
