import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { FormWindow } from '../form/form-window.js';
import { NumberField } from '../form/number-field.js';
import { OvertakenNotice } from '../form/overtaken-notice.js';
import { useShown } from '../form/use-shown.js';
import { refresh } from '../refresh.js';
import type { Organisation } from './organisation.js';

const KINDS = ['company', 'public-body', 'association'] as const;
const PUBLICS = ['families', 'students', 'school-dropouts', 'great-precarity', 'job-seekers', 'seniors', 'other'] as const;
type Public = (typeof PUBLICS)[number];

interface Values {
  readonly name: string;
  readonly kind: Organisation['kind'];
  readonly siren: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly peopleServed: number | string;
  readonly publics: Readonly<Partial<Record<Public, number | string>>>;
}

const valuesOf = ({ name, kind, siren, street, postalCode, city, peopleServed, publics }: Organisation): Values => ({ name, kind, siren: siren ?? '', street, postalCode, city, peopleServed: peopleServed ?? '', publics });

/** Corrects what an organisation says of itself. */
export function EditOrganisation({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('administration');
  const edit = useShown(organisation);
  const { organisationId, name, kind, activity } = organisation;
  const structure = activity === 'structure';
  const send = (values: Values) => {
    const { peopleServed: served, publics: people, siren: digits, ...rest } = values;
    const counts = Object.entries(people).filter(([, count]) => count !== '' && Number(count) > 0).map(([one, count]) => [one, Number(count)] as const);
    const body = { ...rest, siren: digits.trim() === '' ? null : digits, ...(structure && { peopleServed: served === '' ? null : Number(served), publics: Object.fromEntries(counts) }) };
    return directory.call.PATCH('/api/directory/organisations/{organisationId}', { params: { path: { organisationId }, header: { 'If-Match': String(edit.shown.version) } }, body }).finally(() => refresh('/api/directory/organisations'));
  };
  const parts = [
    { label: t('people.name'), of: (one: Organisation) => one.name },
    { label: t('organisations.kind'), of: (one: Organisation) => t(`kinds.${one.kind}`) },
    { label: t('organisations.siren'), of: (one: Organisation) => one.siren ?? '' },
    { label: t('organisation.address'), of: (one: Organisation) => `${one.street}, ${one.postalCode} ${one.city}` },
    { label: t('organisation.peopleServed'), of: (one: Organisation) => String(one.peopleServed ?? '') },
    { label: t('people.state'), of: (one: Organisation) => t(`organisationStates.${one.state}`) },
  ];
  return (
    <FormWindow<Values>
      label={t('organisation.correct')}
      title={t('organisation.correctTitle', { name })}
      button={{ variant: 'default' }}
      initial={valuesOf(organisation)}
      onOpen={() => edit.goOnFrom(organisation)}
      instead={(form) => edit.overtaken && <OvertakenNotice form={form} edit={edit} parts={parts} valuesOf={valuesOf} />}
      check={(values) => ({
        name: values.name.trim() === '' && t('refused.name'),
        street: values.street.trim() === '' && t('refused.street'),
        postalCode: !/^\d{5}$/.test(values.postalCode) && t('refused.postalCode'),
        city: values.city.trim() === '' && t('refused.city'),
      })}
      send={send}
      fields={(form) => (
        <>
          <TextInput label={t('people.name')} maxLength={200} {...form.text('name')} />
          <NativeSelect label={t('organisations.kind')} data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} value={form.values.kind} onChange={({ currentTarget }) => form.set({ kind: KINDS.find((one) => one === currentTarget.value) ?? kind })} error={form.errorOf('kind')} />
          <TextInput label={t('organisations.siren')} description={t('organisation.sirenHow')} inputMode="numeric" maxLength={20} {...form.text('siren')} />
          <TextInput label={t('address.street')} maxLength={200} {...form.text('street')} />
          <SimpleGrid cols={2} spacing="md">
            <TextInput label={t('address.postalCode')} inputMode="numeric" maxLength={5} {...form.text('postalCode')} />
            <TextInput label={t('address.city')} maxLength={200} {...form.text('city')} />
          </SimpleGrid>
          {structure && <NumberField label={t('organisation.peopleServed')} {...form.pick('peopleServed')} />}
          {structure && (
            <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
              <Text component="legend" size="sm" fw={500} mb="xs">{t('organisation.publics')}</Text>
              <SimpleGrid cols={2} spacing="md">
                {PUBLICS.map((one) => (
                  <NumberField key={one} label={t(`publics.${one}`)} value={form.values.publics[one] ?? ''} onChange={(count) => form.set({ publics: { ...form.values.publics, [one]: count } })} error={form.errorOf(`publics/${one}`)} />
                ))}
              </SimpleGrid>
            </fieldset>
          )}
        </>
      )}
    />
  );
}
