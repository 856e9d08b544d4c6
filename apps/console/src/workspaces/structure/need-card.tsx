import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { operations } from '../../api/generated/matching.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { LineOutcome } from './line-outcome.js';
import { isOpen, NEED, type Need } from './states.js';
import { structure } from './workspace.js';

export type Availability = operations['matching.Needs.availability']['responses'][200]['content']['application/json'];

/** One need with each of its lines. */
export function NeedCard({ need, now }: { readonly need: Need; readonly now: Availability | undefined }) {
  const { t } = useTranslation(structure.name);
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <div>
          <Anchor fw={620} renderRoot={(props) => <Link to="/structure/needs/$needId" params={{ needId: need.needId }} {...props} />}>
            {need.lines.map(({ category, asked }) => t(`kinds.${category}`, { count: asked })).join(', ')}
          </Anchor>
          <Text size="sm" c="dimmed">{t('needs.asked')} <When at={need.createdAt} /></Text>
        </div>
        <StateChip state={NEED[need.state]} label={t(`needStates.${need.state}`)} />
      </div>
      {need.declineReason !== null && <Text size="sm">{t('needs.declined', { reason: need.declineReason })}</Text>}
      {need.lines.map((line) => <LineOutcome key={line.lineId} line={line} open={isOpen(need)} now={now} />)}
    </li>
  );
}
