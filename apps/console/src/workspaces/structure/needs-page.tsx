import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { HandHeart, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { matching, paged } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { NeedCard } from './need-card.js';
import { StandingNotice } from './standing-notice.js';
import { isOpen, type Need } from './states.js';
import { structure } from './workspace.js';

/** What we asked for, what we got and shall get, and why. */
export function NeedsPage() {
  const { t } = useTranslation(structure.name);
  const list = useList(matching.useInfiniteQuery('get', '/api/matching/needs', { params: { query: { limit: 100, order: 'newest' } } }, paged));
  const { data: now } = matching.useQuery('get', '/api/matching/availability');
  const open = list.rows.filter(isOpen);
  const closed = list.rows.filter((need) => !isOpen(need));
  const add = <Button leftSection={<Plus size={18} aria-hidden />} renderRoot={(props) => <Link to="/structure/needs/new" {...props} />}>{t('needs.new')}</Button>;
  return (
    <Page title={t('nav.needs')} actions={add} lead={now && <>{t('needs.nextRound')} <When at={now.nextRoundAt} due /></>}>
      <Stack gap="lg">
        <StandingNotice />
        {list.pending && <LoadingRows rows={4} height={72} shape={[40, 20]} />}
        {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
        {!list.pending && list.error === null && list.rows.length === 0 && <EmptyState icon={HandHeart} title={t('needs.none')} text={t('needs.noneHow')} action={add} />}
        <Needs title={t('needs.open')} needs={open} now={now} />
        <Needs title={t('needs.closed')} needs={closed} now={now} />
        {list.hasMore && <Button variant="default" onClick={list.more}>{t('more')}</Button>}
      </Stack>
    </Page>
  );
}

function Needs({ title, needs, now }: { readonly title: string; readonly needs: readonly Need[]; readonly now: Parameters<typeof NeedCard>[0]['now'] }) {
  if (needs.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="sm">{title} <Text span c="dimmed" inherit>{needs.length}</Text></Title>
      <ul className={classes.list}>{needs.map((need) => <NeedCard key={need.needId} need={need} now={now} />)}</ul>
    </section>
  );
}
