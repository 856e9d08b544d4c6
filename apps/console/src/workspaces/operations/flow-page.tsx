import { Box, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { StateChip } from '../../parts/state-chip.js';
import { edgeState, figuresOf, hourOf } from './flow-figures.js';
import { FlowGraph } from './flow-graph.js';
import type { Chosen } from './flow-layout.js';
import { FlowMessages } from './flow-messages.js';
import { FlowTable } from './flow-table.js';
import { HourBand } from './hour-band.js';
import { OperationsPage } from './operations-page.js';
import { useEach } from './platform.js';
import { saySeconds } from './say-seconds.js';
import { useLive } from './use-live.js';

const LAG_MS = 5_000;
const PACE_MS = 10_000;

/** Does it flow, and if not, where and since when? */
export function FlowPage() {
  const { t, i18n } = useTranslation('operations');
  const topics = useEach('/operations/topics', LAG_MS);
  const paces = useEach('/operations/pace', PACE_MS);
  const groups = useEach('/parked/groups', LAG_MS);
  const events = useEach('/parked', LAG_MS);
  const { items, live } = useLive();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { nodes, edges } = figuresOf({ topics: topics.all, paces: paces.all, groups: groups.all, parked: events.all, items });
  const minutes = useMemo(() => hourOf(paces.all, items), [paces.all, items]);
  const pending = topics.pending || paces.pending;
  const still = edges.filter((edge) => edgeState({ ...edge, parked: 0 }) === 'failed').sort((a, b) => b.lagSeconds - a.lagSeconds)[0];
  const parked = nodes.filter((node) => node.parked > 0);
  const rate = nodes.reduce((sum, { outward }) => sum + outward, 0);
  const lead = still
    ? t('flow.standsStill', { service: t(`services.${still.to}`), topic: still.topic, lag: saySeconds(still.lagSeconds, i18n.language) })
    : parked.length > 0
      ? t('flow.someParked', { count: parked.reduce((sum, node) => sum + node.parked, 0), services: new Intl.ListFormat(i18n.language).format(parked.map(({ service }) => t(`services.${service}`))) })
      : t('flow.allFlows', { count: rate });
  return (
    <OperationsPage
      title={t('nav.flow')}
      lead={<>{!pending && topics.failed === null && lead} <StateChip size="sm" state={live ? 'done' : 'waiting'} label={t(live ? 'flow.live' : 'flow.notLive')} /></>}
      services={topics.failed === null ? topics.all : []}
    >
      {pending && <LoadingRows rows={6} height={64} />}
      {topics.failed !== null && <ErrorState error={topics.failed} retry={topics.retry} />}
      {!pending && topics.failed === null && (
        <Stack gap="xl">
          <Box visibleFrom="md"><FlowGraph nodes={nodes} edges={edges} chosen={chosen} onChoose={setChosen} /></Box>
          <HourBand minutes={minutes} />
          <FlowMessages chosen={chosen} items={items} />
          <FlowTable nodes={nodes} edges={edges} onChoose={setChosen} />
        </Stack>
      )}
    </OperationsPage>
  );
}
