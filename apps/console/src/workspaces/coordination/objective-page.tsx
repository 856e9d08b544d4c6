import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { traceability } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { JourneyBar } from '../../parts/journey-bar.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { useNow } from '../../parts/use-now.js';

const BarChart = lazy(() => import('./bar-chart.js').then((module) => ({ default: module.BarChart })));
const SETTING = 'yearObjective';

/** Are we on the way to this year's objective? */
export function ObjectivePage() {
  const { t, i18n } = useTranslation('coordination');
  const now = useNow();
  const year = Number(paris(now, { year: 'numeric' }));
  const month = Number(paris(now, { month: 'numeric' }));
  // A day more at both ends, whatever Paris is ahead of UTC; months of other years are left out below.
  const query = { from: `${year - 1}-12-31T00:00:00Z`, to: `${year + 1}-01-01T00:00:00Z`, bucket: 'month' as const };
  const flow = traceability.useQuery('get', '/api/traceability/flow', { params: { query } });
  const settings = traceability.useQuery('get', '/api/traceability/settings');
  const error = flow.error ?? settings.error;
  const title = t('nav.objective');
  if (flow.data === undefined || settings.data === undefined) {
    const again = () => void Promise.all([flow.refetch(), settings.refetch()]);
    return <Page title={title}>{error === null ? <LoadingRows rows={6} shape={[12, 70]} height={34} /> : <ErrorState error={error} retry={again} />}</Page>;
  }
  const objective = Number(settings.data.find(({ name }) => name === SETTING)?.value ?? 0);
  const stage = (name: string, of: number) => flow.data.entered.filter(({ bucket, stage: entered }) => entered === name && isMonth(bucket, year, of)).reduce((sum, { devices }) => sum + devices, 0);
  const soFar = Array.from({ length: month }, (_, i) => i + 1);
  const first = soFar.find((one) => stage('received', one) + stage('delivered', one) > 0);
  const months = first === undefined ? [] : soFar.slice(first - 1);
  const received = months.reduce((sum, one) => sum + stage('received', one), 0);
  const delivered = months.reduce((sum, one) => sum + stage('delivered', one), 0);
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <Page title={title} lead={t('objective.lead', { received: t('devices', { count: received }), objective, percent: objective === 0 ? 0 : received / objective, year: String(year) })}>
      <JourneyBar
        label={t('devicesWord')}
        steps={[
          { key: 'delivered', label: t('objective.delivered'), count: Math.min(delivered, received), state: 'done' },
          { key: 'received', label: t('objective.received'), count: Math.max(0, received - delivered), state: 'active' },
          { key: 'left', label: t('objective.left'), count: Math.max(0, objective - received), state: 'left' },
        ]}
      />
      {received === 0 && <Text c="dimmed" mt="md">{t('objective.nothing')}</Text>}
      {months.length > 0 && (
        <div style={{ marginTop: '2rem', maxWidth: '48rem' }}>
          <Suspense fallback={<Skeleton height={240} />}>
            <BarChart
              title={t('objective.byMonth')}
              level={2}
              series={[t('objective.in'), t('objective.out')]}
              groups={months.map((one) => ({ name: monthName(year, one, i18n.language), values: [stage('received', one), stage('delivered', one)] }))}
              say={number}
            />
          </Suspense>
        </div>
      )}
      <Text size="sm" c="dimmed" mt="md">{t('objective.setting')}</Text>
    </Page>
  );
}

const paris = (time: Date, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', ...options }).format(time);

const isMonth = (bucket: string, year: number, month: number): boolean => paris(new Date(bucket), { year: 'numeric' }) === String(year) && paris(new Date(bucket), { month: 'numeric' }) === String(month);

const monthName = (year: number, month: number, language: string): string => new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(year, month - 1, 15)));
