import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Fetched } from './fetched.js';
import { PERSON_STATES, type ShownPerson } from './people/person.js';

const Access = lazy(() => import('./people/access.js').then((part) => ({ default: part.Access })));
const PersonForm = lazy(() => import('./people/person-form.js').then((part) => ({ default: part.PersonForm })));

/** What one person may do here, and whether they may come in. */
export function PersonPage() {
  const { t } = useTranslation('administration');
  const { personId } = useParams({ from: '/administration/people/$personId' });
  const query = directory.useQuery('get', '/api/directory/people/{personId}', { params: { path: { personId } } });
  return <Fetched query={query}>{(person) => <PersonFound key={person.personId} person={person} title={person.name ?? t('people.erased')} />}</Fetched>;
}

function PersonFound({ person, title }: { readonly person: ShownPerson; readonly title: string }) {
  const { t } = useTranslation('administration');
  return (
    <Page title={title} lead={person.email} actions={<StateChip state={PERSON_STATES[person.state]} label={t(`states.${person.state}`)} />}>
      <Suspense fallback={<LoadingRows rows={8} />}>
        {person.name !== null && <Access person={person} />}
        {person.state !== 'disabled' && <PersonForm person={person} />}
      </Suspense>
      {person.name === null && <p>{t('person.erasedText')}</p>}
    </Page>
  );
}
