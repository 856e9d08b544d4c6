import { Text } from '@mantine/core';
import { BadgeCheck, Hourglass, ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { useStore } from '../../api/store.js';
import { Notice } from '../../parts/notice.js';
import { useNow } from '../../parts/use-now.js';
import { When } from '../../parts/when.js';
import { session } from '../../session/session.js';
import { structure } from './workspace.js';

/** An approval that ends within so many milliseconds is to be renewed. */
const SOON_MS = 45 * 86_400_000;

/** Where the structure's own approval stands: loud where it stands in the way or soon will. `onlyTrouble`: silent otherwise. */
export function StandingNotice({ onlyTrouble = false }: { readonly onlyTrouble?: boolean }) {
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
  const words = quotaPerQuarter === null ? t('standing.approved') : t('standing.quota', { count: quotaPerQuarter });
  const until = approvedUntil !== null && <>{t('standing.until')} <When at={approvedUntil} /></>;
  if (approvedUntil !== null && Date.parse(approvedUntil) - now.getTime() < SOON_MS) return <Notice state="waiting" icon={BadgeCheck} title={words}><div>{until} · {t('standing.renew')}</div></Notice>;
  return onlyTrouble ? null : <Text size="sm" c="dimmed">{words}. {until}</Text>;
}
