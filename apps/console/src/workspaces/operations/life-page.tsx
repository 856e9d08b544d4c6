import { Box, Button, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../palette.js';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Timeline } from '../../parts/timeline.js';
import { EventDetail } from './event-detail.js';
import { LifeAxis } from './life-axis.js';
import { OperationsPage } from './operations-page.js';
import { saySeconds } from './say-seconds.js';
import { type Step, useLife } from './use-life.js';

/** A wait that is worth a word. */
const WAIT_SECONDS = 1;

/** What happened to one thing through all services, and what it waited for. */
export function LifePage() {
  const { t, i18n } = useTranslation('operations');
  const { kind = '', id = '' } = useParams({ strict: false }) as { readonly kind?: string; readonly id?: string };
  const { data, error, refetch } = useLife(kind, id);
  const [opened, setOpened] = useState<string | null>(kind === 'event' ? id : null);
  const steps = data?.steps ?? [];
  const long = steps.length < 2 ? 0 : (Date.parse(steps.at(-1)!.at) - Date.parse(steps[0]!.at)) / 1000;
  const wait = ({ seconds }: Step) => (seconds !== null && seconds >= WAIT_SECONDS ? t('life.wait', { long: saySeconds(seconds, i18n.language) }) : '');
  return (
    <OperationsPage
      back={<BackLink to="/operations/traces">{t('life.back')}</BackLink>}
      title={t('life.title')}
      lead={(
        <>
          {data && <>{t('life.lead', { count: steps.length, long: saySeconds(long, i18n.language) })}{data.cut && ` ${t('life.cut')}`}<br /></>}
          <Text span size="xs" style={{ overflowWrap: 'anywhere' }}>{id}</Text>
        </>
      )}
    >
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && !data && <LoadingRows rows={8} />}
      {steps.length > 0 && (
        <Stack gap="xl">
          <Box visibleFrom="sm"><LifeAxis steps={steps} chosen={opened} onChoose={setOpened} /></Box>
          <Timeline
            label={t('life.title')}
            steps={steps.map((step) => ({
              key: step.eventId,
              at: step.at,
              state: 'active' satisfies State,
              title: (
                <Button variant="subtle" size="compact-sm" onClick={() => setOpened(opened === step.eventId ? null : step.eventId)} aria-expanded={opened === step.eventId} styles={{ label: { whiteSpace: 'normal', textAlign: 'left' }, root: { height: 'auto', marginLeft: '-0.5rem' } }}>
                  {step.name}
                </Button>
              ),
              detail: (
                <>
                  {[t(`services.${step.service}` as never), step.state, step.devices > 0 && t('life.devices', { count: step.devices }), wait(step)].filter((part) => part).join(' · ')}
                  {opened === step.eventId && <EventDetail eventId={step.eventId} />}
                </>
              ),
            }))}
          />
        </Stack>
      )}
    </OperationsPage>
  );
}
