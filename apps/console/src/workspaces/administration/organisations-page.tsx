import { Anchor, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Building2, FileUp, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { Filter } from './filter.js';
import { LinkButton } from './link-button.js';
import { ApprovedUntil } from './organisations/approved-until.js';
import { type Organisation, ORGANISATION_STATES } from './organisations/organisation.js';

const STATES = ['pending', 'approved', 'suspended', 'declined'] as const;
const ACTIVITIES = ['donor', 'structure'] as const;

/** Who gives and who receives, and who waits to be let in. */
export function OrganisationsPage() {
  const { t } = useTranslation('administration');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const [state, setState] = useState<Organisation['state'] | null>(null);
  const [activity, setActivity] = useState<Organisation['activity'] | null>(null);
  const query = { limit: 100, ...(search !== '' && { search }), ...(state && { state }), ...(activity && { activity }) };
  const list = useList(directory.useInfiniteQuery('get', '/api/directory/organisations', { params: { query } }, paged));
  // As the list asks for it: a query that is not in pages must not have the same key.
  const waiting = useList(directory.useInfiniteQuery('get', '/api/directory/organisations', { params: { query: { limit: 100, state: 'pending' } } }, paged));
  const count = waiting.rows.length;
  const chip = (one: Organisation) => <StateChip size="sm" state={ORGANISATION_STATES[one.state]} label={t(`organisationStates.${one.state}`)} />;
  const columns: Column<Organisation>[] = [
    { key: 'name', title: t('people.name'), width: 230, grow: 2, shown: 'always', cell: ({ name }) => name },
    { key: 'activity', title: t('organisations.activity'), width: 110, cell: (one) => t(`activities.${one.activity}`) },
    { key: 'city', title: t('organisations.city'), width: 160, cell: ({ postalCode, city }) => `${postalCode} ${city}` },
    { key: 'state', title: t('people.state'), width: 130, cell: chip },
    { key: 'until', title: t('organisations.until'), width: 150, cell: ({ approvedUntil }) => approvedUntil !== null && <ApprovedUntil at={approvedUntil} /> },
    { key: 'quota', title: t('organisations.quota'), width: 110, align: 'right', cell: ({ quotaPerQuarter }) => quotaPerQuarter !== null && <Quantity value={quotaPerQuarter} /> },
    { key: 'siren', title: t('organisations.siren'), width: 120, shown: 'asked', cell: ({ siren }) => siren },
    { key: 'kind', title: t('organisations.kind'), width: 150, shown: 'asked', cell: ({ kind }) => t(`kinds.${kind}`) },
  ];
  return (
    <Page
      title={t('nav.organisations')}
      lead={waiting.pending || waiting.error !== null ? t('organisations.lead') : count === 0 ? t('organisations.noneWaiting') : <Anchor component="button" type="button" size="md" ta="left" onClick={() => setState('pending')}>{t(waiting.hasMore ? 'organisations.manyWaiting' : 'organisations.waiting', { count })}</Anchor>}
      actions={<LinkButton to="/administration/organisations/import" variant="default" leftSection={<FileUp size={17} aria-hidden />}>{t('import.title')}</LinkButton>}
    >
      <VirtualTable
        name="organisations"
        label={t('nav.organisations')}
        columns={columns}
        list={list}
        rowKey={({ organisationId }) => organisationId}
        onOpen={({ organisationId }) => void navigate({ to: '/administration/organisations/$organisationId', params: { organisationId } })}
        compact={(one) => (
          <>
            <Text fw={600}>{one.name}</Text>
            <Text size="sm" c="dimmed">{t(`activities.${one.activity}`)} · {one.city}</Text>
            {one.state !== 'approved' && chip(one)}
          </>
        )}
        empty={<EmptyState icon={Building2} title={t('organisations.none')} text={t('organisations.noneHow')} />}
        tools={
          <>
            <TextInput type="search" aria-label={t('organisations.search')} placeholder={t('organisations.search')} leftSection={<Search size={16} aria-hidden />} value={text} onChange={(event) => setText(event.currentTarget.value)} w={220} />
            <Filter label={t('people.state')} any={t('people.anyState')} values={STATES} say={(value) => t(`organisationStates.${value}`)} value={state} onChange={setState} />
            <Filter label={t('organisations.activity')} any={t('organisations.any')} values={ACTIVITIES} say={(value) => t(`activities.${value}`)} value={activity} onChange={setActivity} />
          </>
        }
      />
    </Page>
  );
}
