import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, traceability } from '../../api/clients.js';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { PageMissing } from '../../shell/page-missing.js';
import { isMissing, isUnderWay, STATE_OF, standingOf, stateOf } from './lot.js';
import { LotDates } from './lot-card.js';
import { LotDestinations } from './lot-destinations.js';
import { LotDocuments } from './lot-documents.js';
import { LotJourney } from './lot-journey.js';
import { LotPickups } from './lot-pickups.js';
import { useLotSentence } from './lot-sentence.js';
import { LotSums } from './lot-sums.js';
import { Questions } from './questions.js';

// On its way from the beginning, but nothing above the table waits for it.
const table = import('./lot-devices.js');
const LotDevices = lazy(() => table.then((part) => ({ default: part.LotDevices })));

const REFRESH_MS = 10_000;

/** What became of this gift? */
export function LotPage() {
  const { t } = useTranslation('donor');
  const { lotId } = useParams({ from: '/donor/lots/$lotId' });
  const sentence = useLotSentence();
  const found = intake.useQuery('get', '/api/intake/lots/{lotId}', { params: { path: { lotId } } }, { refetchInterval: REFRESH_MS });
  // The history may not have heard of a new gift yet: that is no error of this page.
  const progress = traceability.useQuery('get', '/api/traceability/own-lots/{lotId}/progress', { params: { path: { lotId } } }, { refetchInterval: REFRESH_MS });
  const lot = found.data;
  if (isMissing(found.error)) return <PageMissing />;
  if (!lot) return <Page title={t('nav.lots')}>{found.error === null ? <LoadingRows rows={6} /> : <ErrorState error={found.error} retry={() => void found.refetch()} />}</Page>;
  const state = stateOf(lot);
  const standing = standingOf(lot, progress.data?.now);
  return (
    <Page back={<BackLink to="/donor/lots">{t('lot.back')}</BackLink>} title={lot.title} lead={<LotDates lot={lot} />} actions={<StateChip state={STATE_OF[state]} label={t(`lot.states.${state}`)} />}>
      <Stack gap="xl">
        <Text fz="1.35rem" lh={1.35} fw={560} style={{ overflowWrap: 'anywhere' }}>{sentence(lot, standing)}</Text>
        {state === 'draft' && <div><Button renderRoot={(props) => <Link to={`/donor/lots/${lotId}/edit` as string} {...props} />}>{t('lots.resume')}</Button></div>}
        <Questions lotId={lotId} />
        {isUnderWay(lot) && <LotJourney lot={lot} standing={standing} />}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
            <Title order={2} mb="sm">{t('lot.sums.title')}</Title>
            <LotSums lot={lot} />
          </Paper>
          <Stack gap="lg">
            <LotPickups lotId={lotId} />
            {progress.data && <LotDestinations progress={progress.data} />}
            {state !== 'draft' && <LotDocuments lot={lot} />}
          </Stack>
        </SimpleGrid>
        {isUnderWay(lot) && state !== 'accepted' && (
          <section>
            <Title order={2} mb="sm">{t('lot.devices')}</Title>
            <Suspense fallback={<LoadingRows rows={8} />}><LotDevices lotId={lotId} /></Suspense>
          </section>
        )}
      </Stack>
    </Page>
  );
}
