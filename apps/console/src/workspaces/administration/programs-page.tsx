import { Bot, KeyRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Text } from '@mantine/core';
import { directory } from '../../api/clients.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Facts } from './facts.js';
import { Fetched } from './fetched.js';
import type { Program } from './people/program.js';
import { SecretField } from './people/secret-field.js';
import { decided } from './refresh.js';
import { Section } from './section.js';
import { useSites } from './sites/use-sites.js';

const NewProgram = lazy(() => import('./people/new-program.js').then((part) => ({ default: part.NewProgram })));

/** Which programs act here, and as what. */
export function ProgramsPage() {
  const { t } = useTranslation('administration');
  const [made, setMade] = useState<Program | null>(null);
  const programs = directory.useQuery('get', '/api/directory/service-accounts');
  const create = <Suspense><NewProgram done={setMade} /></Suspense>;
  return (
    <Page title={t('programs.title')} lead={t('programs.lead')} actions={create}>
      {made?.secret !== undefined && (
        <div style={{ marginBottom: 'var(--mantine-spacing-lg)' }}>
          <Notice state="done" icon={KeyRound} title={t('programs.made', { name: made.name })} aloud>
            <div>{t('programs.once')}</div>
            <SecretField label={t('programs.clientId')} value={made.clientId} />
            <SecretField label={t('programs.secret')} value={made.secret} />
          </Notice>
        </div>
      )}
      <Fetched query={programs}>
        {(list) => (list.length === 0 ? <EmptyState icon={Bot} title={t('programs.none')} text={t('programs.noneHow')} /> : list.map((program) => <ProgramCard key={program.serviceAccountId} program={program} />))}
      </Fetched>
    </Page>
  );
}

function ProgramCard({ program }: { readonly program: Program }) {
  const { t } = useTranslation('administration');
  const names = new Map(useSites().map(({ siteId, name }) => [siteId, name]));
  const { serviceAccountId, version, name, state, clientId, roles, siteIds } = program;
  const disable = () => decided(directory.call.POST('/api/directory/service-accounts/{serviceAccountId}/disabling', { params: { path: { serviceAccountId }, header: { 'If-Match': String(version) } } }), '/api/directory/service-accounts');
  return (
    <Section
      title={name}
      actions={state === 'active' ? <ConfirmAction label={t('programs.close')} question={t('programs.closeAsk', { name })} consequence={t('programs.closeThen')} act={disable} danger /> : <StateChip state="left" label={t('states.disabled')} />}
    >
      <Facts
        facts={[
          [t('programs.clientId'), <Text key="id" component="span" ff="monospace" size="sm">{clientId}</Text>],
          [t('people.roles'), roles.map((role) => t(`roles.${role}`)).join(', ')],
          [t('place.sites'), siteIds.length === 0 ? t('programs.readsOnly') : siteIds.map((id) => names.get(id) ?? id).join(', ')],
        ]}
      />
    </Section>
  );
}
