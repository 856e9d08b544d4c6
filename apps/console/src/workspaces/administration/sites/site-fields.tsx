import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../form/number-field.js';
import type { Form } from '../form/use-form.js';
import { binsOf } from './bins.js';
import type { SiteValues } from './site-values.js';

export function SiteFields({ form, disabled = false }: { readonly form: Form<SiteValues>; readonly disabled?: boolean }) {
  const { t } = useTranslation('administration');
  return (
    <>
      <TextInput label={t('people.name')} maxLength={200} disabled={disabled} {...form.text('name')} />
      <TextInput label={t('address.street')} maxLength={200} disabled={disabled} {...form.text('street')} />
      <SimpleGrid cols={2} spacing="md">
        <TextInput label={t('address.postalCode')} inputMode="numeric" maxLength={5} disabled={disabled} {...form.text('postalCode')} />
        <TextInput label={t('address.city')} maxLength={200} disabled={disabled} {...form.text('city')} />
      </SimpleGrid>
      <NumberField label={t('site.capacity')} description={t('site.capacityHow')} unit={t('site.capacityUnit')} disabled={disabled} {...form.pick('weeklyCapacity')} />
      <Textarea label={t('site.bins', { count: binsOf(form.values.bins).length })} description={t('site.binsHow')} autosize minRows={2} maxRows={8} spellCheck={false} disabled={disabled} {...form.text('bins')} />
    </>
  );
}
