import { BadgeCheck, Hourglass, ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { useStore } from '../../api/store.js';
import { Notice } from '../../parts/notice.js';
import { useNow } from '../../parts/use-now.js';
import { When } from '../../parts/when.js';
import { session } from '../../session/session.js';
import { structure } from './workspace.js';

/** Where the structure's own approval stands: only said where it stands in the way, or soon will. */
const SOON_MS = 45 * 86_400_000;

export function StandingNotice() {
  const { t } = useTranslation(structure.name);
  const now = useNow();
  const organisationId = useStore(session)?.organisationId ?? null;
  const { data } = directory.useQuery('get', '/api/directory/organisations/{organisationId}', { params: { path: { organisationId: organisationId ?? '' } } }, { enabled: organisationId !== null });
  if (!data) return null;
  if (data.state === 'pending') return <Notice state="waiting" icon={Hourglass} title={t('standing.pending')}>{t('standing.pendingHow')}</Notice>;
  if (data.state !== 'approved') {
    return <Notice state="failed" icon={ShieldAlert} title={t(`standing.${data.state}`)}>{data.reason !== null && <div>{t('standing.reason', { reason: data.reason })}</div>}<div>{t('standing.ask')}</div></Notice>;
  }
  const { approvedUntil, quotaPerQuarter } = data;
  const ends = approvedUntil !== null && Date.parse(approvedUntil) - now.getTime() < SOON_MS;
  return (
    <Notice state={ends ? 'waiting' : 'done'} icon={BadgeCheck} title={quotaPerQuarter === null ? t('standing.approved') : t('standing.quota', { count: quotaPerQuarter })}>
      {approvedUntil !== null && <div>{t('standing.until')} <When at={approvedUntil} />{ends && <> · {t('standing.renew')}</>}</div>}
    </Notice>
  );
}
