import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import { AGES, BLOCKS, CATEGORIES, type Checklists, type Choice, DRIVES, type Fields, METHODS, REJECTIONS } from './steps.js';

/** Null where none has been typed. */
const numberIn = (text: string): number | null => (text === '' || Number.isNaN(Number(text)) ? null : Number(text));

interface StepFieldsProps {
  readonly choice: Choice;
  readonly fields: Fields;
  readonly checklists: Checklists | undefined;
  readonly onChange: (fields: Fields) => void;
  /** One device, whose category and serials are its own; else one content for many. */
  readonly single: boolean;
}

/** What the chosen step needs to know. */
export function StepFields({ choice, fields, checklists, onChange, single }: StepFieldsProps) {
  const { t } = useTranslation('warehouse');
  const select = <K extends 'age' | 'drive' | 'method' | 'category' | 'block' | 'rejection'>(name: K, label: string, options: readonly Fields[K][], text: (option: Fields[K]) => string) => (
    <NativeSelect size="md" label={label} value={fields[name]} data={options.map((value) => ({ value, label: text(value) }))} onChange={(event) => onChange({ ...fields, [name]: event.currentTarget.value })} />
  );
  const text = (name: 'tool' | 'toolVersion' | 'serial', label: string) => (
    <TextInput size="md" label={label} value={fields[name]} autoComplete="off" onChange={(event) => onChange({ ...fields, [name]: event.currentTarget.value })} />
  );
  const set = (code: string, value: string | number) => onChange({ ...fields, values: { ...fields.values, [code]: value } });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: single ? 2 : 3 }} spacing="md" verticalSpacing="xs">
      {choice === 'diagnose' && (
        <>
          {select('drive', t('series.drive'), DRIVES, (drive) => t(`series.drives.${drive}`))}
          {fields.drive !== 'none' && <TextInput type="number" size="md" label={t('series.size')} min={1} value={fields.sizeGb ?? ''} onChange={(event) => onChange({ ...fields, sizeGb: numberIn(event.currentTarget.value) })} />}
          {single && fields.drive !== 'none' && text('serial', t('series.serial'))}
          {select('age', t('series.age'), AGES, (age) => t(`series.ages.${age}`))}
        </>
      )}
      {choice === 'erase' && (
        <>
          {select('method', t('series.method'), METHODS, (method) => t(`series.methods.${method}`))}
          {text('tool', t('series.tool'))}
          {text('toolVersion', t('series.toolVersion'))}
          {single && text('serial', t('series.serial'))}
        </>
      )}
      {choice === 'test' && (
        <>
          {!single && select('category', t('series.category'), CATEGORIES, (category) => t(`station.kinds.${category}`))}
          {checklists?.[fields.category]?.filter(({ value }) => value !== undefined).map((item) =>
            item.value === 'percent' ? (
              <TextInput type="number" key={item.code} size="md" label={`${item[language()]} (%)`} min={0} max={100} value={fields.values[item.code] ?? ''} onChange={(event) => set(item.code, numberIn(event.currentTarget.value) ?? '')} />
            ) : (
              <TextInput key={item.code} size="md" label={item[language()]} autoComplete="off" value={fields.values[item.code] ?? ''} onChange={(event) => set(item.code, event.currentTarget.value)} />
            ),
          )}
        </>
      )}
      {choice === 'block' && select('block', t('series.reason'), BLOCKS, (reason) => t(`series.blocks.${reason}`))}
      {choice === 'reject' && select('rejection', t('series.reason'), REJECTIONS, (reason) => t(`series.rejections.${reason}`))}
    </SimpleGrid>
  );
}
