import { Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Sprout } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { traceability } from '../../api/clients.js';
import type { paths } from '../../api/generated/traceability.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { ImpactFactors } from './impact-factors.js';

export type Figures = paths['/api/traceability/own-figures']['get']['responses'][200]['content']['application/json'];

const Charts = lazy(() => import('./impact-charts.js').then((part) => ({ default: part.ImpactCharts })));
const REFRESH_MS = 30_000;
const TONNE_KG = 1_000;

/** What did our gifts change? */
export function ImpactPage() {
  const { t } = useTranslation('donor');
  const { data: figures, error, refetch } = traceability.useQuery('get', '/api/traceability/own-figures', { params: { query: {} } }, { refetchInterval: REFRESH_MS });
  return (
    <Page title={t('nav.impact')} lead={figures && figures.received > 0 ? t('impact.lead', { count: figures.received }) : undefined}>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {!figures && error === null && <LoadingRows rows={3} height={110} shape={[30, 30, 30]} />}
      {figures?.received === 0 && <EmptyState icon={Sprout} title={t('impact.none')} text={t('impact.noneHow')} />}
      {figures && figures.received > 0 && <Impact figures={figures} />}
    </Page>
  );
}

function Impact({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation('donor');
  const { kg } = figures.co2e;
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
        <Figure label={t('impact.reused', { count: figures.reused })} ink="var(--lc-done-ink)" value={<Quantity value={figures.reused} />} />
        <Figure label={t('impact.recycled', { count: figures.recycled })} ink="var(--lc-left-ink)" value={<Quantity value={figures.recycled} />} />
        <Figure label={t('impact.co2e')} ink="var(--lc-accent-ink)" value={kg >= TONNE_KG ? <><Quantity value={kg / TONNE_KG} decimals={1} /> t</> : <Quantity value={kg} decimals={1} unit="kilogram" />}>
          <ImpactFactors co2e={figures.co2e} />
        </Figure>
      </SimpleGrid>
      <Suspense fallback={<Skeleton height={360} />}><Charts figures={figures} /></Suspense>
    </Stack>
  );
}

function Figure({ label, value, ink, children }: { readonly label: string; readonly value: ReactNode; readonly ink: string; readonly children?: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
      <Text fz="2.2rem" fw={620} lh={1.1} c={ink}>{value}</Text>
      <Title order={2} size="h3" mt={4}>{label}</Title>
      {children}
    </Paper>
  );
}
