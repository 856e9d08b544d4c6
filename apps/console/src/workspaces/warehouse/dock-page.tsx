import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import { Problem } from '../../api/problem.js';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { PageMissing } from '../../shell/page-missing.js';
import { AtDock } from './reception/at-dock.js';
import { AtSite } from './site/at-site.js';

const NoSession = lazy(() => import('./reception/no-session.js').then((part) => ({ default: part.NoSession })));

const REFRESH_MS = 15_000;
const LOADING = <LoadingRows rows={6} shape={[25, 25, 25, 25]} />;

/** Has all come that was announced? One lot at the dock of one's site. */
export function DockPage() {
  const { t } = useTranslation('warehouse');
  const { lotId } = useParams({ from: '/warehouse/reception/$lotId' });
  const asked = { params: { path: { lotId } } };
  const lot = intake.useQuery('get', '/api/intake/lots/{lotId}', asked, { refetchInterval: REFRESH_MS });
  const sessions = intake.useQuery('get', '/api/intake/lots/{lotId}/receptions', asked, { refetchInterval: REFRESH_MS });
  if (!lot.data && lot.error instanceof Problem && (lot.error.status === 404 || lot.error.status === 400)) return <PageMissing />;
  const failed = [lot, sessions].find(({ data, error }) => error && !data);
  return (
    <AtSite back={<BackLink to="/warehouse/reception">{t('nav.reception')}</BackLink>} title={lot.data?.title ?? t('nav.reception')} lead={t('reception.lead')}>
      {(siteId) => {
        if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
        if (!lot.data || !sessions.data) return LOADING;
        const open = sessions.data.find((session) => session.state === 'open' && session.siteId === siteId);
        if (open) return <AtDock key={open.id} lot={lot.data} session={open} />;
        return <Suspense fallback={LOADING}><NoSession lot={lot.data} siteId={siteId} sessions={sessions.data} /></Suspense>;
      }}
    </AtSite>
  );
}
