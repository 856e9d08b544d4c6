import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Bot, UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { useSearchText } from '../../shell/use-search-text.js';
import { Filter } from './filter.js';
import { LinkButton } from './link-button.js';
import { PERSON_STATES, type Person } from './people/person.js';
import { PEOPLE_ROLES } from './people/roles.js';

const STATES = ['invited', 'active', 'disabled'] as const;

/** Who has an account here, and what they may do. */
export function PeoplePage() {
  const { t } = useTranslation('administration');
  const navigate = useNavigate();
  const search = useSearchText();
  const [state, setState] = useState<Person['state'] | null>(null);
  const [role, setRole] = useState<Person['roles'][number] | null>(null);
  const query = { limit: 100, ...(search !== '' && { search }), ...(state && { state }), ...(role && { role }) };
  const list = useList(directory.useInfiniteQuery('get', '/api/directory/people', { params: { query } }, paged));
  const roles = (person: Person) => person.roles.map((one) => t(`roles.${one}`)).join(', ');
  const chip = (person: Person) => <StateChip size="sm" state={PERSON_STATES[person.state]} label={t(`states.${person.state}`)} />;
  const columns: Column<Person>[] = [
    { key: 'name', title: t('people.name'), width: 190, shown: 'always', cell: ({ name }) => name ?? t('people.erased') },
    { key: 'email', title: t('people.email'), width: 270, grow: 2, cell: ({ email }) => email },
    { key: 'roles', title: t('people.roles'), width: 200, cell: roles },
    { key: 'state', title: t('people.state'), width: 130, cell: chip },
  ];
  return (
    <Page
      title={t('nav.people')}
      lead={search === '' ? t('people.lead') : t('people.found', { search })}
      actions={
        <>
          <LinkButton to="/administration/people/programs" variant="default" leftSection={<Bot size={17} aria-hidden />}>{t('programs.title')}</LinkButton>
          <LinkButton to="/administration/people/invitation" leftSection={<UserPlus size={17} aria-hidden />}>{t('invite.action')}</LinkButton>
        </>
      }
    >
      <VirtualTable
        name="people"
        label={t('nav.people')}
        columns={columns}
        list={list}
        rowKey={({ personId }) => personId}
        onOpen={({ personId }) => void navigate({ to: '/administration/people/$personId', params: { personId } })}
        compact={(person) => (
          <>
            <Text fw={600}>{person.name ?? t('people.erased')}</Text>
            <Text size="sm" c="dimmed">{roles(person)}</Text>
            {person.state !== 'active' && chip(person)}
          </>
        )}
        empty={<EmptyState icon={Users} title={t('people.nobody')} text={t('people.nobodyHow')} />}
        tools={
          <>
            <Filter label={t('people.state')} any={t('people.anyState')} values={STATES} say={(value) => t(`states.${value}`)} value={state} onChange={setState} />
            <Filter label={t('people.roles')} any={t('people.anyRole')} values={PEOPLE_ROLES} say={(value) => t(`roles.${value}`)} value={role} onChange={setRole} />
          </>
        }
      />
    </Page>
  );
}
