import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { useStore } from '../../../api/store.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { ErrorState } from '../../../parts/error-state.js';
import { useNow } from '../../../parts/use-now.js';
import { When } from '../../../parts/when.js';
import { session } from '../../../session/session.js';
import { decided, refresh } from '../refresh.js';
import { Section } from '../section.js';
import { type Invitation, InvitationLink } from './invitation-link.js';
import type { ShownPerson } from './person.js';

/** Whether somebody may come in: the invitation that is open, closing the account and opening it again, erasing what names them. */
export function Access({ person }: { readonly person: ShownPerson }) {
  const { t } = useTranslation('administration');
  const own = useStore(session)?.subject === person.personId;
  const [made, setMade] = useState<Invitation | null>(null);
  const { personId, state } = person;
  const name = person.name ?? '';
  const params = { path: { personId }, header: { 'If-Match': String(person.version) } };
  const after = <T,>(answer: Promise<T>) => decided(answer, '/api/directory/people');
  const close = () => after(directory.call.POST('/api/directory/people/{personId}/disabling', { params })).then(() => setMade(null));
  const open = () => after(directory.call.POST('/api/directory/people/{personId}/enabling', { params }));
  const erase = () => after(directory.call.POST('/api/directory/people/{personId}/erasure', { params }));
  return (
    <Section title={t('access.title')} lead={own ? t('access.own') : <Standing person={person} />}>
      {!own && (
        <Group gap="sm" mb={made ? 'md' : 0}>
          {state !== 'disabled' && <NewLink personId={personId} label={t(state === 'invited' ? 'access.newLink' : 'access.newPassword')} done={setMade} />}
          {state === 'invited' && <ConfirmAction label={t('access.withdraw')} question={t('access.withdrawAsk', { name })} consequence={t('access.withdrawThen')} act={close} danger />}
          {state === 'active' && <ConfirmAction label={t('access.close')} question={t('access.closeAsk', { name })} consequence={t('access.closeThen')} act={close} danger />}
          {state === 'disabled' && <ConfirmAction label={t('access.open')} question={t('access.openAsk', { name })} consequence={t('access.openThen')} act={open} />}
          <ConfirmAction label={t('access.erase')} question={t('access.eraseAsk', { name })} consequence={t('access.eraseThen')} act={erase} danger />
        </Group>
      )}
      {made && <InvitationLink invitation={made} />}
    </Section>
  );
}

function Standing({ person: { state, linkEndsAt } }: { readonly person: ShownPerson }) {
  const { t } = useTranslation('administration');
  const now = useNow();
  if (state !== 'invited') return t(`access.${state}`);
  if (linkEndsAt === null) return t('access.noLink');
  return new Date(linkEndsAt) < now ? t('access.linkOver') : <>{t('access.invited')} {t('invitation.until')} <When at={linkEndsAt} /></>;
}

interface NewLinkProps {
  readonly personId: string;
  readonly label: string;
  readonly done: (made: Invitation) => void;
}

function NewLink({ personId, label, done }: NewLinkProps) {
  const [making, setMaking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const make = async () => {
    setMaking(true);
    setError(null);
    await directory.call.POST('/api/directory/people/{personId}/invitation', { params: { path: { personId } } }).then(({ data }) => (done(data!), refresh('/api/directory/people')), setError);
    setMaking(false);
  };
  return (
    <>
      <Button variant="default" loading={making} onClick={() => void make()}>{label}</Button>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}
