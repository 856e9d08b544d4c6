import { Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { traceability } from '../../../api/clients.js';
import { StateChip } from '../../../parts/state-chip.js';
import { When } from '../../../parts/when.js';
import { BLOCKS } from '../scanning/steps.js';
import { Age } from './age.js';
import classes from './queue.module.css';

const REFRESH_MS = 30_000;
/** Stages of the workshop at no bench: something has to happen before one goes on. */
const HELD = ['blocked', 'repairing', 'rejected', 'recalled'] as const;

/** What waits beside the benches, for what, and by when; nothing where nothing does. */
export function HeldDevices({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const { data } = traceability.useQuery('get', '/api/traceability/stages', { params: { query: { siteId } } }, { refetchInterval: REFRESH_MS, retry: false });
  const rows = (data?.devices ?? []).flatMap((row) => HELD.flatMap((stage) => (stage === row.stage ? [{ ...row, stage }] : [])));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="held">
      <Title order={2} id="held" mb="xs">{t('queue.held')}</Title>
      <ul className={classes.held}>
        {rows.map(({ stage, waitsFor, count, oldestSince, overdue, nextDueAt }) => {
          const reason = BLOCKS.find((known) => known === waitsFor);
          return (
            <li key={`${stage} ${waitsFor}`} className={classes.hold}>
              <Link to="/warehouse/devices" search={{ state: stage }}>{t('queue.heldCount', { count, state: t(`station.states.${stage}`) })}</Link>
              {reason !== undefined && <Text span>{t(`series.blocks.${reason}`)}</Text>}
              {oldestSince !== null && <Age since={oldestSince} />}
              {overdue > 0 ? <StateChip size="sm" state="failed" label={t('queue.overdue', { count: overdue })} /> : nextDueAt !== null && <Text span size="sm" c="dimmed">{t('queue.due')} <When at={nextDueAt} /></Text>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
