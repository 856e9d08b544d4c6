import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '@lacollecte/contracts';
import { directory } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { FormBody } from './form/form-body.js';
import { useForm } from './form/use-form.js';
import { LinkButton } from './link-button.js';
import type { Organisation } from './organisations/organisation.js';
import { type Invitation, InvitationLink } from './people/invitation-link.js';
import { PlaceFields } from './people/place-fields.js';
import { ROLES_OF, STAFF_ROLES } from './people/roles.js';
import { refresh } from './refresh.js';

const OrganisationField = lazy(() => import('./people/organisation-field.js').then((part) => ({ default: part.OrganisationField })));

/** Somebody is to have an account: who, for whom they work, and what they may do. */
export function InvitationPage() {
  const { t } = useTranslation('administration');
  const [made, setMade] = useState<Invitation | null>(null);
  return (
    <Page title={t('invite.title')} lead={t('invite.lead')}>
      <Stack maw="40rem">
        {made === null ? <InvitationForm done={setMade} /> : (
          <>
            <InvitationLink invitation={made} />
            <Group gap="sm">
              <Button onClick={() => setMade(null)}>{t('invite.another')}</Button>
              <LinkButton to={`/administration/people/${made.personId}`} variant="default">{t('invite.see', { name: made.name })}</LinkButton>
            </Group>
          </>
        )}
      </Stack>
    </Page>
  );
}

interface Values {
  readonly name: string;
  readonly email: string;
  readonly side: 'staff' | 'organisation';
  readonly organisation: Organisation | null;
  readonly roles: Role[];
  readonly siteIds: string[];
}

function InvitationForm({ done }: { readonly done: (made: Invitation) => void }) {
  const { t } = useTranslation('administration');
  const form = useForm<Values>({
    initial: { name: '', email: '', side: 'staff', organisation: null, roles: [], siteIds: [] },
    check: ({ name, email, side, organisation, roles, siteIds }) => ({
      name: name.trim() === '' && t('refused.name'),
      email: !/^\S+@\S+\.\S+$/.test(email.trim()) && t('refused.email'),
      organisation: side === 'organisation' && organisation === null && t('refused.organisation'),
      roles: roles.length === 0 && t('refused.roles'),
      siteIds: roles.includes('operator') && siteIds.length === 0 && t('refused.sites'),
    }),
    send: async ({ name, email, organisation, roles, siteIds }) => {
      const { data } = await directory.call.POST('/api/directory/invitations', { body: { name, email, roles, siteIds, organisationId: organisation?.organisationId ?? null } });
      void refresh('/api/directory/people');
      done(data!);
    },
  });
  const { side, organisation } = form.values;
  const choices = side === 'staff' ? STAFF_ROLES : organisation === null ? [] : ROLES_OF[organisation.activity];
  return (
    <FormBody form={form} submit={t('invite.send')}>
      <TextInput label={t('people.name')} autoComplete="off" maxLength={200} {...form.text('name')} />
      <TextInput label={t('people.email')} type="email" autoComplete="off" maxLength={254} {...form.text('email')} />
      <div>
        <Text size="sm" fw={500} id="side">{t('invite.side')}</Text>
        <SegmentedControl
          aria-labelledby="side"
          value={side}
          onChange={(next) => form.set({ side: next as Values['side'], organisation: null, roles: [], siteIds: [] })}
          data={[{ value: 'staff', label: t('invite.staff') }, { value: 'organisation', label: t('invite.forOrganisation') }]}
        />
      </div>
      {side === 'organisation' && (
        <Suspense><OrganisationField value={organisation} error={form.errorOf('organisation') ?? form.errorOf('organisationId')} onChange={(next) => form.set({ organisation: next, roles: next === null ? [] : [ROLES_OF[next.activity][0]] })} /></Suspense>
      )}
      {choices.length > 0 && <PlaceFields form={form} roles={choices} atSites={['operator']} />}
    </FormBody>
  );
}
