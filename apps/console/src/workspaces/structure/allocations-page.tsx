import { Button, Stack, Text, Title } from '@mantine/core';
import { PackageCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { matching, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import { AllocationAnswer } from './allocation-answer.js';
import classes from './card.module.css';
import { ALLOCATION, type Allocation } from './states.js';
import { siteName, useSites } from './use-sites.js';
import { structure } from './workspace.js';

/** What is held for us: do we take it? */
export function AllocationsPage() {
  const { t } = useTranslation(structure.name);
  const sites = useSites();
  const list = useList(matching.useInfiniteQuery('get', '/api/matching/allocations', { params: { query: { limit: 100, order: 'newest' } } }, paged));
  // Asked for by themselves: they are the newest of what may be hundreds.
  const waiting = useList(matching.useInfiniteQuery('get', '/api/matching/allocations', { params: { query: { limit: 100, state: 'held' } } }, paged));
  const held = waiting.rows;
  const others = list.rows.filter(({ state }) => state !== 'held');
  const devices = held.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Page title={t('nav.allocations')} lead={!waiting.pending && waiting.error === null && (held.length > 0 ? t('allocations.toAnswer', { count: devices }) : t('allocations.nothingToAnswer'))}>
      {list.pending && <LoadingRows rows={3} height={96} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {!list.pending && list.error === null && list.rows.length === 0 && <EmptyState icon={PackageCheck} title={t('allocations.none')} text={t('allocations.noneHow')} />}
      <Stack gap="lg">
        {held.length > 0 && <ul className={classes.list} aria-label={t('allocations.waiting')}>{held.map((one) => <AllocationCard key={one.allocationId} allocation={one} site={siteName(sites, one.siteId)} level={2} />)}</ul>}
        {others.length > 0 && (
          <section aria-label={t('allocations.earlier')}>
            <Title order={2} mb="sm">{t('allocations.earlier')}</Title>
            <ul className={classes.list}>{others.map((one) => <AllocationCard key={one.allocationId} allocation={one} site={siteName(sites, one.siteId)} level={3} />)}</ul>
          </section>
        )}
        {list.hasMore && <Button variant="default" onClick={list.more}>{t('more')}</Button>}
      </Stack>
    </Page>
  );
}

function AllocationCard({ allocation, site, level }: { readonly allocation: Allocation; readonly site: string; readonly level: 2 | 3 }) {
  const { t, i18n } = useTranslation(structure.name);
  const { category, grade, quantity, proposed, delivered, priceCents, state, createdAt, answerBy, refusalReason, explanation } = allocation;
  const count = state === 'held' ? quantity : Math.max(quantity, delivered) || proposed;
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <Title order={level} size="h3">{t(`kinds.${category}`, { count })}</Title>
        <StateChip state={ALLOCATION[state]} label={t(`allocationStates.${state}`)} />
      </div>
      <Text size="sm">{t(`grades.${grade}`)} · {t('allocations.from', { site })} · {priceCents === 0 ? t('allocations.free') : t('allocations.price', { one: priceCents / 100, all: (priceCents * count) / 100 })}</Text>
      <Text size="sm" c="dimmed">{t('allocations.since')} <When at={createdAt} />{state === 'accepted' && proposed > quantity && <> · {t('allocations.partly', { taken: quantity, proposed })}</>}</Text>
      {refusalReason !== null && <Text size="sm" c="dimmed">{t('allocations.reason', { reason: refusalReason })}</Text>}
      {explanation && <Text size="sm" mt="xs">{explanation.text[i18n.language === 'en' ? 'en' : 'fr']}</Text>}
      {state === 'held' && (
        <>
          {answerBy !== null && <Text size="sm" fw={550} mt="xs">{t('allocations.answerBy')} <When at={answerBy} />. {t('allocations.silence')}</Text>}
          <AllocationAnswer key={allocation.version} allocation={allocation} />
        </>
      )}
    </li>
  );
}
