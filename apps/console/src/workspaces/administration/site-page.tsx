import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Fetched } from './fetched.js';
import { FormBody } from './form/form-body.js';
import { OvertakenNotice } from './form/overtaken-notice.js';
import { saved } from '../../parts/messages.js';
import { useForm } from './form/use-form.js';
import { useShown } from './form/use-shown.js';
import { refresh } from './refresh.js';
import { Section } from './section.js';
import { SiteFields } from './sites/site-fields.js';
import { bodyOf, useSiteCheck, valuesOf } from './sites/site-values.js';
import type { Site } from './sites/use-sites.js';

const StillThere = lazy(() => import('./sites/still-there.js').then((part) => ({ default: part.StillThere })));

/** Where a site is, how much it takes, where things lie there, and what is there still. */
export function SitePage() {
  const { siteId } = useParams({ from: '/administration/sites/$siteId' });
  const query = directory.useQuery('get', '/api/directory/sites/{siteId}', { params: { path: { siteId } } });
  return <Fetched query={query}>{(site) => <SiteFound key={site.siteId} site={site} />}</Fetched>;
}

function SiteFound({ site }: { readonly site: Site }) {
  const { t } = useTranslation('administration');
  const { siteId, state, name, city } = site;
  const edit = useShown(site);
  const form = useForm({
    initial: valuesOf(site),
    check: useSiteCheck(),
    send: async (values) => {
      const params = { path: { siteId }, header: { 'If-Match': String(edit.shown.version) } };
      const { data } = await directory.call.PATCH('/api/directory/sites/{siteId}', { params, body: bodyOf(values) }).finally(() => refresh('/api/directory/sites'));
      edit.goOnFrom(data!);
      saved(t('form.saved'));
    },
  });
  const parts = [
    { label: t('people.name'), of: (one: Site) => one.name },
    { label: t('organisation.address'), of: (one: Site) => `${one.street}, ${one.postalCode} ${one.city}` },
    { label: t('site.capacity'), of: (one: Site) => `${one.weeklyCapacity} ${t('site.capacityUnit')}` },
    { label: t('sites.bins'), of: (one: Site) => one.bins.join(' ') },
    { label: t('people.state'), of: (one: Site) => t(`siteStates.${one.state}`) },
  ];
  const open = state === 'open';
  return (
    <Page title={name} lead={city} actions={<StateChip state={open ? 'done' : 'left'} label={t(`siteStates.${state}`)} />}>
      <Section title={t('site.what')} lead={open ? undefined : t('site.closed')}>
        {open ? (
          <FormBody form={form} submit={t('form.save')} instead={edit.overtaken && <OvertakenNotice form={form} edit={edit} parts={parts} valuesOf={valuesOf} />}>
            <SiteFields form={form} />
          </FormBody>
        ) : <SiteFields form={form} disabled />}
      </Section>
      <Suspense><StillThere site={site} /></Suspense>
    </Page>
  );
}
