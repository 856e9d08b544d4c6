import { Button, Collapse, Fieldset, Group, NativeSelect, Radio, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronDown, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Market } from './market.js';
import type { Availability } from './need-card.js';
import type { DraftLine } from './need-draft.js';
import { NumberField } from './number-field.js';
import type { Line } from './states.js';
import { structure } from './workspace.js';

const CATEGORIES = ['laptop', 'desktop', 'all-in-one', 'monitor', 'smartphone', 'tablet', 'phone', 'printer', 'accessory'] as const satisfies readonly Line['category'][];
const PUBLICS = ['families', 'students', 'school-dropouts', 'great-precarity', 'job-seekers', 'seniors', 'other'] as const satisfies readonly Line['public'][];
const GRADES = ['C', 'B', 'A', 'PREMIUM'] as const satisfies readonly Line['minGrade'][];
const URGENCIES = [4, 3, 2, 1] as const;
const MOST = 500;

interface LineFieldsProps {
  readonly line: DraftLine;
  /** Its place, where there are several. */
  readonly number: number | null;
  readonly now: Availability | undefined;
  readonly change: (part: Partial<DraftLine>) => void;
  readonly remove?: () => void;
}

/** One line of a need that is being stated. */
export function LineFields({ line, number, now, change, remove }: LineFieldsProps) {
  const { t } = useTranslation(structure.name);
  const [more, { toggle }] = useDisclosure(line.maxPrice !== null || line.minGrade !== 'C');
  const one = <Value extends string>(values: readonly Value[], given: string): Value | null => values.find((value) => value === given) ?? null;
  return (
    <Fieldset legend={number === null ? t('draft.what') : t('draft.line', { number })} bg="var(--lc-raised)">
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label={t('draft.kind')}
            withAsterisk
            value={line.category ?? ''}
            onChange={({ currentTarget: { value } }) => change({ category: one(CATEGORIES, value) })}
            data={[{ value: '', label: t('draft.choose') }, ...CATEGORIES.map((value) => ({ value, label: t(`kindNames.${value}`) }))]}
          />
          <NumberField label={t('draft.quantity')} withAsterisk min={1} max={MOST} value={line.quantity} onChange={(quantity) => change({ quantity })} />
        </SimpleGrid>
        <Free line={line} now={now} />
        <NativeSelect
          label={t('draft.public')}
          withAsterisk
          value={line.public ?? ''}
          onChange={({ currentTarget: { value } }) => change({ public: one(PUBLICS, value) })}
          data={[{ value: '', label: t('draft.choose') }, ...PUBLICS.map((value) => ({ value, label: t(`publics.${value}`) }))]}
        />
        <Radio.Group label={t('draft.urgency')} description={t('draft.urgencyHow')} withAsterisk value={line.urgency === null ? '' : String(line.urgency)} onChange={(value) => change({ urgency: Number(value) })}>
          <Stack gap="xs" mt="xs">{URGENCIES.map((urgency) => <Radio key={urgency} value={String(urgency)} label={t(`urgencies.${urgency}`)} />)}</Stack>
        </Radio.Group>
        <Textarea label={t('draft.reason')} description={t('draft.reasonHow')} rows={2} maxLength={500} value={line.reason} onChange={({ currentTarget: { value } }) => change({ reason: value })} />
        <Group justify="space-between">
          <Button variant="subtle" size="sm" px="xs" aria-expanded={more} rightSection={<ChevronDown size={16} aria-hidden />} onClick={toggle}>{t('draft.more')}</Button>
          {remove && <Button variant="subtle" size="sm" px="xs" c="var(--lc-failed-ink)" leftSection={<Trash2 size={16} aria-hidden />} onClick={remove}>{t('draft.remove', { number })}</Button>}
        </Group>
        <Collapse expanded={more}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect label={t('draft.grade')} value={line.minGrade} onChange={({ currentTarget: { value } }) => change({ minGrade: one(GRADES, value) ?? 'C' })} data={GRADES.map((value) => ({ value, label: t(`grades.${value}`) }))} />
            <NumberField label={t('draft.maxPrice')} cents max={10_000} rightSection="€" value={line.maxPrice} onChange={(maxPrice) => change({ maxPrice })} />
          </SimpleGrid>
        </Collapse>
      </Stack>
    </Fieldset>
  );
}

/** What is free and asked of the kind that is chosen, and what one would cost. */
function Free({ line: { category, minGrade }, now }: Pick<LineFieldsProps, 'line' | 'now'>) {
  const { t } = useTranslation(structure.name);
  const kind = now?.categories.find((one) => one.category === category);
  if (!kind) return null;
  const fitting = kind.grades.filter(({ grade }) => GRADES.indexOf(grade) >= GRADES.indexOf(minGrade));
  const price = fitting.find(({ priceCents }) => priceCents !== null)?.priceCents ?? null;
  return (
    <Text size="sm" c="dimmed" role="status">
      <Market free={fitting.reduce((sum, { free }) => sum + free, 0)} asked={kind.asked} lines={kind.lines} />
      {price !== null && <> {t('draft.price', { price: price / 100 })}</>}
    </Text>
  );
}
