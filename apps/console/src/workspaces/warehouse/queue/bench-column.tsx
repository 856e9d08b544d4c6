import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paged, refurbishment } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { JourneyBar } from '../../../parts/journey-bar.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Quantity } from '../../../parts/quantity.js';
import { useList } from '../../../parts/table/list.js';
import { Age, stateOf } from './age.js';
import type { Bench, BenchCount } from './benches.js';
import classes from './queue.module.css';

const PAGE = 50;
const REFRESH_MS = 15_000;

interface BenchColumnProps {
  readonly siteId: string;
  readonly bench: Bench;
  /** Undefined while it is not known; nothing waits where there is none. */
  readonly count: BenchCount | null | undefined;
}

/** What waits at a bench, the longest first, and how long. */
export function BenchColumn({ siteId, bench, count }: BenchColumnProps) {
  const { t } = useTranslation('warehouse');
  const list = useList(refurbishment.useInfiniteQuery(
    'get', '/api/refurbishment/sites/{siteId}/benches/{bench}', { params: { path: { siteId, bench }, query: { limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS },
  ));
  const name = t(`queue.benches.${bench}`);
  const ages = count && (['longer', 'week', 'day'] as const).map((key) => ({ key, label: t(`queue.ages.${key}`), count: count[key], state: stateOf(key) }));
  return (
    <section className={classes.bench} aria-labelledby={`bench-${bench}`}>
      <Group justify="space-between" align="baseline" gap="xs" wrap="nowrap">
        <Title order={2} size="h3" id={`bench-${bench}`}>{name}</Title>
        {count !== undefined && <span className={classes.number}><Quantity value={count?.devices ?? 0} /></span>}
      </Group>
      {count && ages && (
        <>
          <Group gap={6} my={6}><Text size="sm" c="dimmed">{t('queue.oldest')}</Text><Age since={count.oldest} /></Group>
          <JourneyBar label={t('queue.agesOf', { bench: name })} steps={ages} />
        </>
      )}
      {list.pending && <LoadingRows rows={4} shape={[60, 25]} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && list.rows.length === 0 && <Text size="sm" c="dimmed" my="sm">{t(`queue.nothing.${bench}`)}</Text>}
      {list.rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard must reach what is below
        <ul className={classes.devices} aria-label={t('queue.at', { bench: name })} tabIndex={0}>
          {list.rows.map(({ id, label, category, maker, model, waitingSince }) => (
            <li key={id}>
              <Link to="/warehouse/devices/$deviceId" params={{ deviceId: id }} className={classes.device}>
                <span className={classes.what}><span className={classes.label}>{label}</span><Age since={waitingSince} /></span>
                <span className={classes.model}>{[t(`station.kinds.${category}`), [maker, model].filter((part) => part !== null).join(' ')].filter((part) => part !== '').join(' · ')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {list.hasMore && <Button mt="xs" size="xs" variant="default" fullWidth onClick={list.more}>{t('queue.more')}</Button>}
    </section>
  );
}
