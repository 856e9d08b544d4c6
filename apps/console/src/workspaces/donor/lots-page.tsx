import { Button, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PackageOpen, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { useList } from '../../parts/table/list.js';
import type { Lot } from './lot.js';
import { LotCard } from './lot-card.js';
import { Questions } from './questions.js';
import { useStandings } from './use-standings.js';

const REFRESH_MS = 30_000;

/** What became of what we gave? One card a gift; what is not sent yet comes first. */
export function LotsPage() {
  const { t } = useTranslation('donor');
  const pages = intake.useInfiniteQuery('get', '/api/intake/lots', { params: { query: { limit: 50, order: 'newest' } } }, { ...paged, refetchInterval: REFRESH_MS });
  const list = useList<Lot>(pages);
  const standings = useStandings(list.rows);
  const drafts = list.rows.filter(({ state }) => state === 'draft');
  const sent = list.rows.filter(({ state }) => state !== 'draft');
  const give = (label: string) => <Button leftSection={<Plus size={17} aria-hidden />} renderRoot={(props) => <Link to={'/donor/new' as string} {...props} />}>{label}</Button>;
  const none = !list.pending && list.error === null && list.rows.length === 0;
  return (
    <Page title={t('nav.lots')} actions={list.rows.length > 0 && give(t('lots.new'))}>
      {list.pending && <LoadingRows rows={3} height={120} shape={[30, 50, 12]} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      <Questions />
      {none && <EmptyState icon={PackageOpen} title={t('lots.none')} text={t('lots.noneHow')} action={give(t('lots.first'))} />}
      <Section title={t('lots.drafts')} lots={drafts} standings={standings} />
      <Section title={t('lots.sent')} lots={sent} standings={standings} />
      {list.hasMore && <Button variant="default" mt="md" loading={pages.isFetchingNextPage} onClick={list.more}>{t('lots.more')}</Button>}
    </Page>
  );
}

function Section({ title, lots, standings }: { readonly title: string; readonly lots: readonly Lot[]; readonly standings: ReturnType<typeof useStandings> }) {
  if (lots.length === 0) return null;
  return (
    <section>
      <Title order={2} mt="md" mb="sm">{title}</Title>
      <Stack gap="md">{lots.map((lot) => <LotCard key={lot.id} lot={lot} told={standings.get(lot.id)} />)}</Stack>
    </section>
  );
}
