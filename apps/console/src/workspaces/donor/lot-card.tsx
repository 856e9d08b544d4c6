import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { isUnderWay, type Lot, type Standing, STATE_OF, standingOf, stateOf } from './lot.js';
import { LotJourney } from './lot-journey.js';
import { useLotSentence } from './lot-sentence.js';

/** One gift: what it is, what became of it, how far it is. */
export function LotCard({ lot, told }: { readonly lot: Lot; readonly told: Standing | undefined }) {
  const { t } = useTranslation('donor');
  const sentence = useLotSentence();
  const standing = standingOf(lot, told);
  const state = stateOf(lot);
  const draft = state === 'draft';
  return (
    <Paper component="article" withBorder p="md" bg="var(--lc-raised)" aria-labelledby={`lot-${lot.id}`}>
      <Group justify="space-between" align="flex-start" gap="sm" mb={4}>
        <Title order={3} id={`lot-${lot.id}`} style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
          {draft ? lot.title : <Anchor inherit renderRoot={(props) => <Link to="/donor/lots/$lotId" params={{ lotId: lot.id }} {...props} />}>{lot.title}</Anchor>}
        </Title>
        <StateChip size="sm" state={STATE_OF[state]} label={t(`lot.states.${state}`)} />
      </Group>
      <Text mb={isUnderWay(lot) ? 'sm' : 4}>{sentence(lot, standing)}</Text>
      {isUnderWay(lot) && <LotJourney lot={lot} standing={standing} />}
      <Group justify="space-between" align="flex-end" mt="xs" gap="sm">
        <Text size="sm" c="dimmed"><LotDates lot={lot} /></Text>
        {draft && (
          <Button variant="light" size="sm" aria-label={t('lots.resumeOf', { title: lot.title })} renderRoot={(props) => <Link to={`/donor/lots/${lot.id}/edit` as string} {...props} />}>
            {t('lots.resume')}
          </Button>
        )}
      </Group>
    </Paper>
  );
}

/** The next date that counts, else the last one. */
export function LotDates({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('donor');
  if (lot.state === 'submitted' && lot.answerDueAt !== null) return <>{t('lot.dates.answer')} <When at={lot.answerDueAt} /></>;
  if (lot.closedAt !== null) return <>{t('lot.dates.closed')} <When at={lot.closedAt} /></>;
  if (lot.receivedAt !== null) return <>{t('lot.dates.received')} <When at={lot.receivedAt} /></>;
  if (lot.inventoryDueAt !== null) return <>{t('lot.dates.inventory')} <When at={lot.inventoryDueAt} /></>;
  if (lot.submittedAt !== null) return <>{t('lot.dates.submitted')} <When at={lot.submittedAt} /></>;
  return <>{t('lot.dates.created')} <When at={lot.createdAt} /></>;
}
