import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { FormBody } from './form/form-body.js';
import { saved } from '../../parts/messages.js';
import { useForm } from './form/use-form.js';
import { refresh } from './refresh.js';
import { Section } from './section.js';
import { SiteFields } from './sites/site-fields.js';
import { bodyOf, EMPTY_SITE, useSiteCheck } from './sites/site-values.js';

/** A warehouse or workshop more. */
export function NewSitePage() {
  const { t } = useTranslation('administration');
  const navigate = useNavigate();
  const form = useForm({
    initial: EMPTY_SITE,
    check: useSiteCheck(),
    send: async (values) => {
      const { data } = await directory.call.POST('/api/directory/sites', { body: bodyOf(values) });
      await refresh('/api/directory/sites');
      saved(t('sites.made', { name: data!.name }));
      await navigate({ to: '/administration/sites/$siteId', params: { siteId: data!.siteId } });
    },
  });
  return (
    <Page title={t('sites.new')} lead={t('sites.newLead')}>
      <Section title={t('site.what')}>
        <FormBody form={form} submit={t('sites.create')}><SiteFields form={form} /></FormBody>
      </Section>
    </Page>
  );
}
