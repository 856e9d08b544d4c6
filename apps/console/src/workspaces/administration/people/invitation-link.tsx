import { useTranslation } from 'react-i18next';
import { MailCheck } from 'lucide-react';
import { useStore } from '../../../api/store.js';
import type { components } from '../../../api/generated/directory.js';
import { language } from '../../../i18n/i18n.js';
import { Notice } from '../../../parts/notice.js';
import { When } from '../../../parts/when.js';
import { session } from '../../../session/session.js';
import { SecretField } from './secret-field.js';

export type Invitation = components['schemas']['People.invite'];

/** The one-time link of an invitation just made: nobody can show it again, a new one replaces it. */
export function InvitationLink({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation('administration');
  const page = useStore(session)?.invitationPage ?? null;
  const { token, email, expiresAt } = invitation;
  if (page === null) return <Notice state="done" icon={MailCheck} title={t('invitation.made')} aloud>{t('invitation.elsewhere', { email })}</Notice>;
  if (token === undefined) return <Notice state="waiting" icon={MailCheck} title={t('invitation.made')} aloud>{t('invitation.shownBefore')}</Notice>;
  return (
    <Notice state="done" icon={MailCheck} title={t('invitation.made')} aloud>
      <div>{t('invitation.send', { email })}</div>
      <SecretField label={t('invitation.link')} value={`${location.origin}${page}?${new URLSearchParams({ token, lang: language() })}`} />
      <div>{t('invitation.until')} <When at={expiresAt} /></div>
    </Notice>
  );
}
