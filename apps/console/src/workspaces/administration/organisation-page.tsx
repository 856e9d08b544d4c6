import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import { Ban } from 'lucide-react';
import { Facts } from './facts.js';
import { Fetched } from './fetched.js';
import { ApprovedUntil } from './organisations/approved-until.js';
import { Members } from './organisations/members.js';
import { type Organisation, ORGANISATION_STATES } from './organisations/organisation.js';
import { Section } from './section.js';

const Decisions = lazy(() => import('./organisations/decisions.js').then((part) => ({ default: part.Decisions })));
const EditOrganisation = lazy(() => import('./organisations/edit-organisation.js').then((part) => ({ default: part.EditOrganisation })));

/** Whether one organisation is let in, on what terms, and what it says of itself. */
export function OrganisationPage() {
  const { organisationId } = useParams({ from: '/administration/organisations/$organisationId' });
  const query = directory.useQuery('get', '/api/directory/organisations/{organisationId}', { params: { path: { organisationId } } });
  return <Fetched query={query}>{(organisation) => <OrganisationFound key={organisation.organisationId} organisation={organisation} />}</Fetched>;
}

function OrganisationFound({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('administration');
  const { name, activity, kind, state, city, siren, reason, peopleServed, publics, quotaPerQuarter, approvedUntil, street, postalCode, externalReference } = organisation;
  const structure = activity === 'structure';
  return (
    <Page title={name} lead={`${t(`activities.${activity}`)} · ${city}`} actions={<StateChip state={ORGANISATION_STATES[state]} label={t(`organisationStates.${state}`)} />}>
      {reason !== null && <div style={{ marginBottom: 'var(--mantine-spacing-lg)' }}><Notice state="left" icon={Ban} title={t(state === 'declined' ? 'organisation.declined' : 'organisation.suspended')}>{reason}</Notice></div>}
      <Section title={t('organisation.decision')} lead={t(`decisions.${state}`)} actions={<Suspense><Decisions organisation={organisation} /></Suspense>}>
        {structure && state !== 'pending' && (
          <Facts
            facts={[
              [t('organisation.until'), approvedUntil === null ? '—' : <ApprovedUntil at={approvedUntil} />],
              [t('organisation.quota'), quotaPerQuarter === null ? '—' : t('organisation.devices', { count: quotaPerQuarter })],
            ]}
          />
        )}
      </Section>
      <Section title={t('organisation.profile')} actions={<Suspense><EditOrganisation organisation={organisation} /></Suspense>}>
        <Facts
          facts={[
            [t('organisations.kind'), t(`kinds.${kind}`)],
            [t('organisations.siren'), siren ?? t('organisation.noSiren')],
            [t('organisation.address'), `${street}, ${postalCode} ${city}`],
            ...(externalReference === null ? [] : [[t('organisation.reference'), externalReference] as const]),
            ...(structure && peopleServed !== null ? [[t('organisation.peopleServed'), <Quantity key="served" value={peopleServed} />] as const] : []),
            ...(structure && Object.keys(publics).length > 0 ? [[t('organisation.publics'), Object.entries(publics).map(([one, people]) => t('organisation.public', { name: t(`publics.${one as 'other'}`), people })).join(', ')] as const] : []),
          ]}
        />
      </Section>
      <Members organisation={organisation} />
    </Page>
  );
}
