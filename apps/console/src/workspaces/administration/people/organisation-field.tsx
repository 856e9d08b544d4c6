import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import type { Organisation } from '../organisations/organisation.js';

interface OrganisationFieldProps {
  readonly value: Organisation | null;
  readonly onChange: (organisation: Organisation | null) => void;
  readonly error: string | undefined;
}

const SHOWN = 20;

/** One of the approved organisations, found by a part of its name or its SIREN. */
export function OrganisationField({ value, onChange, error }: OrganisationFieldProps) {
  const { t } = useTranslation('administration');
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const found = directory.useQuery('get', '/api/directory/organisations', { params: { query: { limit: SHOWN, state: 'approved', ...(search !== '' && search !== value?.name && { search }) } } }, { placeholderData: keepPreviousData });
  const organisations: Organisation[] = [...(found.data?.items ?? [])];
  if (value && !organisations.some(({ organisationId }) => organisationId === value.organisationId)) organisations.unshift(value);
  return (
    <Select
      label={t('invite.organisation')}
      description={t('invite.organisationHow')}
      searchable
      required
      withAsterisk={false}
      data={organisations.map((one) => ({ value: one.organisationId, label: `${one.name} · ${one.city}` }))}
      filter={({ options }) => options}
      value={value?.organisationId ?? null}
      onChange={(id) => onChange(organisations.find(({ organisationId }) => organisationId === id) ?? null)}
      onSearchChange={(next) => setText(next.split(' · ')[0]!)}
      nothingFoundMessage={t('invite.noOrganisation')}
      rightSection={found.isFetching ? <Loader size={16} /> : undefined}
      error={error}
    />
  );
}
