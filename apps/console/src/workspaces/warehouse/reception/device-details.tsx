import { Button, Group, NativeSelect, Paper, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { Category } from '@lacollecte/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORIES } from '../scanning/steps.js';
import type { Details } from './use-dock.js';

const KINDS = CATEGORIES.filter((category) => category !== 'accessory');
const YEAR = /^(19[7-9]|20\d)\d$/;

interface DeviceDetailsProps {
  /** Its serial was scanned, and no line names it. */
  readonly unnamed: boolean;
  readonly onDescribe: (details: Details) => void;
}

/** What no line says of a device has to be said by whoever holds it. */
export function DeviceDetails({ unnamed, onDescribe }: DeviceDetailsProps) {
  const { t } = useTranslation('warehouse');
  const [category, setCategory] = useState<Category | null>(null);
  const [maker, setMaker] = useState('');
  const [model, setModel] = useState('');
  const [year, setYear] = useState('');
  const yearWrong = year.trim() !== '' && !YEAR.test(year.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (category === null || yearWrong) return;
    onDescribe({ category, maker: maker.trim() || null, model: model.trim() || null, manufacturedYear: year.trim() === '' ? null : Number(year.trim()) });
  };
  return (
    <Paper withBorder p="md" bg="var(--lc-raised)" component="form" onSubmit={submit} aria-label={t('reception.details')}>
      <Text mb="sm">{t(unnamed ? 'reception.unnamed' : 'reception.undescribed')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <NativeSelect data-autofocus label={t('device.columns.kind')} value={category ?? ''} data={[{ value: '', label: t('device.choose') }, ...KINDS.map((value) => ({ value, label: t(`station.kinds.${value}`) }))]} onChange={({ currentTarget }) => setCategory(KINDS.find((kind) => kind === currentTarget.value) ?? null)} />
        <TextInput label={t('device.sheet.maker')} autoComplete="off" value={maker} onChange={(event) => setMaker(event.currentTarget.value)} />
        <TextInput label={t('device.sheet.model')} autoComplete="off" value={model} onChange={(event) => setModel(event.currentTarget.value)} />
        <TextInput label={t('reception.year')} inputMode="numeric" autoComplete="off" value={year} error={yearWrong && t('reception.yearWrong')} onChange={(event) => setYear(event.currentTarget.value)} />
      </SimpleGrid>
      <Group justify="flex-end" mt="md"><Button type="submit" disabled={category === null || yearWrong}>{t('reception.receive')}</Button></Group>
    </Paper>
  );
}
