import { CATEGORIES, type Category } from '@lacollecte/contracts';
import { NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Manifest } from './upload.js';

const FIELDS = ['category', 'maker', 'model', 'serial', 'imei', 'quantity', 'assetTag', 'manufacturedYear', 'condition', 'declaredValue', 'notes'] as const satisfies readonly Field[];

interface MappingTableProps {
  readonly manifest: Manifest;
  readonly disabled: boolean;
  readonly onChange: (mapping: { fields: (Field | null)[]; category: Category | null }) => void;
}

/** What each column holds, as it was recognised, to be changed; a field is in one column, so it leaves the one where it was. */
export function MappingTable({ manifest: { columns, category }, disabled, onChange }: MappingTableProps) {
  const { t } = useTranslation('donor');
  const fields = columns.map(({ field }) => field);
  const choose = (at: number, chosen: Field | null) => onChange({ category, fields: fields.map((field, i) => (i === at ? chosen : field === chosen ? null : field)) });
  const noCategory = !fields.includes('category');
  return (
    <div role="group" aria-label={t('new.mapping.title')}>
      <Text fw={600}>{t('new.mapping.title')}</Text>
      <Text size="sm" c="dimmed" mb="xs">{t('new.mapping.how')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {columns.map(({ header, field }, i) => (
          <NativeSelect
            key={i} label={header === '' ? t('new.mapping.unnamed', { number: i + 1 }) : header} value={field ?? ''} disabled={disabled}
            onChange={(event) => choose(i, (event.currentTarget.value || null) as Field | null)}
            data={[{ value: '', label: t('new.mapping.unused') }, ...FIELDS.map((name) => ({ value: name, label: t(`new.fields.${name}`) }))]}
          />
        ))}
        {(noCategory || category !== null) && (
          <NativeSelect
            label={t('new.mapping.category')} description={t('new.mapping.categoryWhat')} value={category ?? ''} disabled={disabled}
            onChange={(event) => onChange({ fields, category: (event.currentTarget.value || null) as Category | null })}
            data={[{ value: '', label: t('new.line.choose') }, ...CATEGORIES.map((name) => ({ value: name, label: t(`device.categories.${name}`) }))]}
          />
        )}
      </SimpleGrid>
    </div>
  );
}
