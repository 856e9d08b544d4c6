import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Fetched } from './fetched.js';
import { Access } from './people/access.js';
import { PERSON_STATES, type Person } from './people/person.js';
import { PersonForm } from './people/person-form.js';

/** What one person may do here, and whether they may come in. */
export function PersonPage() {
  const { t } = useTranslation('administration');
  const { personId } = useParams({ from: '/administration/people/$personId' });
  const query = directory.useQuery('get', '/api/directory/people/{personId}', { params: { path: { personId } } });
  return <Fetched query={query}>{(person) => <PersonFound key={person.personId} person={person} title={person.name ?? t('people.erased')} />}</Fetched>;
}

function PersonFound({ person, title }: { readonly person: Person; readonly title: string }) {
  const { t } = useTranslation('administration');
  return (
    <Page title={title} lead={person.email} actions={<StateChip state={PERSON_STATES[person.state]} label={t(`states.${person.state}`)} />}>
      {person.name !== null && <Access person={person} />}
      {person.state === 'disabled' ? null : <PersonForm person={person} />}
      {person.name === null && <p>{t('person.erasedText')}</p>}
    </Page>
  );
}
