import { Text } from '@mantine/core';
import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory, paged } from '../../api/clients.js';
import type { components } from '../../api/generated/directory.js';
import type { State } from '../../palette.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { administration } from './workspace.js';
import { useSearchText } from '../../shell/use-search-text.js';

type Person = components['schemas']['People.me'];

const STATES: Record<Person['state'], State> = { invited: 'waiting', active: 'done', disabled: 'left' };

/** Who has an account here, and what they may do. */
export function PeoplePage() {
  const { t } = useTranslation(administration.name);
  const search = useSearchText();
  const list = useList(directory.useInfiniteQuery('get', '/api/directory/people', { params: { query: { limit: 100, ...(search !== '' && { search }) } } }, paged));
  const roles = (person: Person) => person.roles.map((role) => t(`roles.${role}`)).join(', ');
  const columns: Column<Person>[] = [
    { key: 'name', title: t('people.name'), width: 190, shown: 'always', cell: ({ name }) => name ?? t('people.erased') },
    { key: 'email', title: t('people.email'), width: 240, cell: ({ email }) => email },
    { key: 'roles', title: t('people.roles'), width: 200, cell: roles },
    { key: 'state', title: t('people.state'), width: 130, cell: ({ state }) => <StateChip size="sm" state={STATES[state]} label={t(`states.${state}`)} /> },
  ];
  return (
    <Page title={t('nav.people')} lead={search === '' ? t('people.lead') : t('people.found', { search })}>
      <VirtualTable
        name="people"
        label={t('nav.people')}
        columns={columns}
        list={list}
        rowKey={({ personId }) => personId}
        compact={(person) => (
          <>
            <Text fw={600}>{person.name ?? t('people.erased')}</Text>
            <Text size="sm" c="dimmed">{roles(person)}</Text>
          </>
        )}
        empty={<EmptyState icon={Users} title={t('people.nobody')} text={t('people.nobodyHow')} />}
      />
    </Page>
  );
}
