import { Anchor, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Role } from '@lacollecte/contracts';
import { directory } from '../../../api/clients.js';
import { useStore } from '../../../api/store.js';
import { session } from '../../../session/session.js';
import { FormBody } from '../form/form-body.js';
import { OvertakenNotice } from '../form/overtaken-notice.js';
import { saved } from '../../../parts/messages.js';
import { useForm } from '../form/use-form.js';
import { useShown } from '../form/use-shown.js';
import { refresh } from '../refresh.js';
import { Section } from '../section.js';
import { useSites } from '../sites/use-sites.js';
import { PlaceFields } from './place-fields.js';
import type { Person } from './person.js';
import { ROLES_OF, STAFF_ROLES } from './roles.js';

const valuesOf = ({ name, roles, siteIds }: Person) => ({ name: name ?? '', roles: [...roles] as Role[], siteIds: [...siteIds] });

/** Name, roles and sites of somebody whose account is open. Nobody changes their own roles. */
export function PersonForm({ person }: { readonly person: Person }) {
  const { t } = useTranslation('administration');
  const own = useStore(session)?.subject === person.personId;
  const edit = useShown(person);
  const { personId, organisationId } = person;
  const organisation = directory.useQuery('get', '/api/directory/organisations/{organisationId}', { params: { path: { organisationId: organisationId ?? '' } } }, { enabled: organisationId !== null });
  const siteNames = new Map(useSites().map(({ siteId, name }) => [siteId, name]));
  const form = useForm({
    initial: valuesOf(person),
    check: ({ name, roles, siteIds }) => ({
      name: name.trim() === '' && t('refused.name'),
      roles: roles.length === 0 && t('refused.roles'),
      siteIds: roles.includes('operator') && siteIds.length === 0 && t('refused.sites'),
    }),
    send: async ({ name, roles, siteIds }) => {
      const header = { 'If-Match': String(edit.shown.version) };
      const { data } = await directory.call.PATCH('/api/directory/people/{personId}', { params: { path: { personId }, header }, body: own ? { name } : { name, roles, siteIds } }).finally(() => refresh('/api/directory/people'));
      edit.goOnFrom(data!);
      saved(t('form.saved'));
    },
  });
  const choices = organisationId === null ? STAFF_ROLES : organisation.data === undefined ? person.roles : ROLES_OF[organisation.data.activity];
  const parts = [
    { label: t('people.name'), of: ({ name }: Person) => name ?? '' },
    { label: t('people.roles'), of: ({ roles }: Person) => roles.map((role) => t(`roles.${role}`)).join(', ') },
    { label: t('place.sites'), of: ({ siteIds }: Person) => siteIds.map((id) => siteNames.get(id) ?? id).join(', ') },
    { label: t('people.state'), of: ({ state }: Person) => t(`states.${state}`) },
  ];
  const lead = organisation.data && <>{t('person.speaksFor')} <Anchor renderRoot={(props) => <Link to="/administration/organisations/$organisationId" params={{ organisationId: organisation.data.organisationId }} {...props} />}>{organisation.data.name}</Anchor></>;
  return (
    <Section title={t('person.rights')} lead={own ? t('person.own') : lead}>
      <FormBody form={form} submit={t('form.save')} instead={edit.overtaken && <OvertakenNotice form={form} edit={edit} parts={parts} valuesOf={valuesOf} />}>
        <TextInput label={t('people.name')} maxLength={200} {...form.text('name')} />
        <PlaceFields form={form} roles={choices} atSites={['operator']} disabled={own} />
      </FormBody>
    </Section>
  );
}
