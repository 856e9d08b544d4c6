import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language } from '../../i18n/i18n.js';
import { JourneyBar } from '../../parts/journey-bar.js';
import { Market } from './market.js';
import type { Availability } from './need-card.js';
import classes from './card.module.css';
import type { Line } from './states.js';
import { structure } from './workspace.js';

interface LineOutcomeProps {
  readonly line: Line;
  /** Whether more of it may come. */
  readonly open: boolean;
  readonly now: Availability | undefined;
}

/** What became of one line: a bar, the sentence of the newest round, and what is free and asked of its kind. */
export function LineOutcome({ line, open, now }: LineOutcomeProps) {
  const { t } = useTranslation(structure.name);
  const kind = now?.categories.find(({ category }) => category === line.category);
  const free = kind?.grades.reduce((sum, grade) => sum + grade.free, 0) ?? 0;
  const steps = [
    { key: 'delivered', label: t('line.delivered'), count: line.delivered, state: 'done' as const },
    { key: 'shipped', label: t('line.shipped'), count: line.shipped, state: 'active' as const },
    { key: 'allocated', label: t('line.allocated'), count: line.allocated, state: 'active' as const },
    { key: 'open', label: t('line.open'), count: line.open, state: 'waiting' as const },
    { key: 'cancelled', label: t('line.cancelled'), count: line.cancelled, state: 'left' as const },
  ];
  return (
    <div className={classes.line}>
      <Text fw={550} mb={6}>{t(`kinds.${line.category}`, { count: line.asked })} · {t(`publics.${line.public}`)}</Text>
      <JourneyBar label={t(`kinds.${line.category}`, { count: line.asked })} steps={steps.filter(({ count }) => count > 0)} />
      {line.explanation && <Text size="sm" mt="xs">{line.explanation.text[language()]}</Text>}
      {!line.explanation && open && <Text size="sm" mt="xs" c="dimmed">{t('line.noRound')}</Text>}
      {open && line.open > 0 && kind && (
        <Text size="sm" c="dimmed" mt={4}><Market free={free} asked={kind.asked} lines={kind.lines} /></Text>
      )}
    </div>
  );
}
