import { Anchor, Group, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Scale, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matching, paged } from '../../api/clients.js';
import { BackLink } from '../../parts/back-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { When } from '../../parts/when.js';
import { type Explanation, ExplanationModal } from './explanation-modal.js';
import { OrganisationName } from './names.js';
import { ROUND_STATES } from './round-states.js';

const WHILE_SOLVED_MS = 1_500;

/** What did this round give, and why? */
export function RoundPage() {
  const { t } = useTranslation('coordination');
  const { roundId } = useParams({ strict: false }) as { roundId: string };
  const path = { params: { path: { roundId } } };
  const { data: round, error, refetch } = matching.useQuery('get', '/api/matching/rounds/{roundId}', path, { refetchInterval: ({ state }) => (state.data?.state === 'requested' ? WHILE_SOLVED_MS : false) });
  const title = t('round.title');
  const back = <BackLink to="/coordination/rounds">{t('round.back')}</BackLink>;
  if (round === undefined) return <Page title={title} back={back}>{error === null ? <LoadingRows /> : <ErrorState error={error} retry={() => void refetch()} />}</Page>;
  return (
    <Page title={title} back={back}>
      <Group gap="md" mb="md">
        <StateChip state={ROUND_STATES[round.state]} label={t(`round.state.${round.state}`)} />
        <Text><When at={round.createdAt} /> · {t(`round.by.${round.trigger}`)}{round.parameters && <> · {t('alphaIs', { alpha: round.parameters.alpha })}</>}</Text>
      </Group>
      {round.state === 'requested' && <div role="status"><Text mb="md">{t('round.solving')}</Text><LoadingRows rows={3} /></div>}
      {round.state === 'failed' && <Notice state="failed" icon={TriangleAlert} title={t('round.failed')}>{t('round.failedHow')}</Notice>}
      {round.figures && (
        <>
          <Text size="lg" mb="xs">{t('round.answer', { devices: t('devices', { count: round.devices }), lines: t('round.lines', { count: round.figures.lines }) })} <Quantity value={round.figures.kilometres} unit="kilometer" />.</Text>
          <Text c="dimmed" mb="lg">{round.figures.fillByUrgency.map(({ urgency, served, asked }) => t('round.fill', { urgency, served, asked })).join(' · ')}</Text>
          <Lines roundId={roundId} />
        </>
      )}
    </Page>
  );
}

function Lines({ roundId }: { readonly roundId: string }) {
  const { t, i18n } = useTranslation('coordination');
  const [opened, setOpened] = useState<Explanation | null>(null);
  const list = useList(matching.useInfiniteQuery('get', '/api/matching/rounds/{roundId}/explanations', { params: { path: { roundId }, query: { limit: 100 } } }, paged));
  const text = (line: Explanation) => (i18n.language === 'fr' ? line.text.fr : line.text.en);
  const columns: Column<Explanation>[] = [
    { key: 'structure', title: t('structure'), width: 210, shown: 'always', cell: ({ structureId }) => <OrganisationName id={structureId} /> },
    { key: 'given', title: t('round.given'), width: 110, grow: 0, cell: ({ given, asked }) => t('round.of', { given, asked }) },
    { key: 'why', title: t('round.why'), width: 380, grow: 3, cell: (line) => <span title={text(line)}>{text(line)}</span> },
  ];
  return (
    <>
      <Title order={2} mb="sm">{t('round.everyLine')}</Title>
      <VirtualTable
        name="coordination.explanations"
        label={t('round.everyLine')}
        columns={columns}
        list={list}
        rowKey={({ lineId }) => lineId}
        onOpen={setOpened}
        compact={(line) => <><Text fw={600}><OrganisationName id={line.structureId} /> · {t('round.of', { given: line.given, asked: line.asked })}</Text><Anchor component="span" size="sm">{text(line)}</Anchor></>}
        empty={<EmptyState icon={Scale} title={t('round.noLines')} text={t('round.noLinesHow')} />}
      />
      {opened !== null && <ExplanationModal line={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
