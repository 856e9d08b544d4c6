import { Skeleton, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matching, paged } from '../../api/clients.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { When } from '../../parts/when.js';
import { type Round, ROUND_STATES } from './round-states.js';

const ComparePolicies = lazy(() => import('./compare-policies.js').then((module) => ({ default: module.ComparePolicies })));
const EVERY_MS = 5_000;

/** How do we share what there is? */
export function RoundsPage() {
  const { t } = useTranslation('coordination');
  const navigate = useNavigate();
  const list = useList(matching.useInfiniteQuery('get', '/api/matching/rounds', { params: { query: { limit: 50 } } }, { ...paged, refetchInterval: EVERY_MS }));
  const availability = matching.useQuery('get', '/api/matching/availability');
  const settings = matching.useQuery('get', '/api/matching/settings');
  const usual = Number(settings.data?.find(({ name }) => name === 'alpha')?.value ?? 1);
  const [chosen, choose] = useState<number | null>(null);
  const alpha = chosen ?? usual;
  const free = availability.data?.categories.reduce((all, { grades }) => all + grades.reduce((sum, grade) => sum + grade.free, 0), 0) ?? 0;
  const open = ({ roundId }: Round) => void navigate({ href: `/coordination/rounds/${roundId}` });
  const start = async () => {
    const { data } = await matching.call.POST('/api/matching/rounds', { body: alpha === usual ? {} : { alpha } });
    if (data !== undefined) open(data);
  };
  const chip = (round: Round) => <StateChip size="sm" state={ROUND_STATES[round.state]} label={t(`round.state.${round.state}`)} />;
  const columns: Column<Round>[] = [
    { key: 'at', title: t('round.at'), width: 170, shown: 'always', cell: ({ createdAt }) => <When at={createdAt} /> },
    { key: 'state', title: t('round.stateTitle'), width: 130, cell: chip },
    { key: 'trigger', title: t('round.trigger'), width: 150, cell: ({ trigger }) => t(`round.by.${trigger}`) },
    { key: 'devices', title: t('round.devices'), width: 110, align: 'right', cell: ({ devices }) => <Quantity value={devices} /> },
    { key: 'alpha', title: 'α', width: 70, align: 'right', cell: ({ parameters }) => parameters && <Quantity value={parameters.alpha} decimals={2} /> },
    { key: 'kilometres', title: t('chart.kilometres'), width: 120, align: 'right', cell: ({ figures }) => figures && <Quantity value={figures.kilometres} unit="kilometer" /> },
  ];
  return (
    <Page
      title={t('nav.rounds')}
      lead={availability.data && <>{t('round.lead', { count: free })} <When at={availability.data.nextRoundAt} due />.</>}
      actions={<ConfirmAction label={t('round.start')} question={t('round.startQuestion', { count: free })} consequence={t(alpha === usual ? 'round.startUsual' : 'round.startChosen', { alpha })} act={start} />}
    >
      <Suspense fallback={<Skeleton height={420} />}><ComparePolicies alpha={alpha} onAlpha={choose} /></Suspense>
      <Title order={2} mt="xl" mb="sm">{t('round.past')}</Title>
      <VirtualTable
        name="coordination.rounds"
        label={t('round.past')}
        columns={columns}
        list={list}
        rowKey={({ roundId }) => roundId}
        onOpen={open}
        compact={(round) => <><Text fw={600}><When at={round.createdAt} /> {chip(round)}</Text><Text size="sm" c="dimmed">{t(`round.by.${round.trigger}`)} · {t('devices', { count: round.devices })}</Text></>}
        empty={<EmptyState icon={Scale} title={t('round.nothing')} text={t('round.nothingHow')} />}
        height="24rem"
      />
    </Page>
  );
}
