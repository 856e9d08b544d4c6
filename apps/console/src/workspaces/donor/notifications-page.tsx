import { Anchor, Button, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../api/clients.js';
import { language } from '../../i18n/i18n.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import { type Notification, useMarkRead } from './use-notifications.js';

const REFRESH_MS = 30_000;

/** What happened to our gifts since we last looked? */
export function NotificationsPage() {
  const { t } = useTranslation('donor');
  const pages = intake.useInfiniteQuery('get', '/api/intake/notifications', { params: { query: { limit: 50 } } }, { ...paged, refetchInterval: REFRESH_MS });
  const list = useList<Notification>(pages);
  const unread = pages.data?.pages[0]?.unread ?? 0;
  const markRead = useMarkRead();
  const shownUnread = list.rows.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  const markAll = () => markRead.mutate({ body: { ids: shownUnread.slice(0, 200) } });
  const lead = list.rows.length > 0 && (unread === 0 ? t('notifications.noneUnread') : t('notifications.unread', { count: unread }));
  return (
    <Page
      title={t('nav.notifications')}
      lead={<span role="status">{lead}</span>}
      actions={shownUnread.length > 0 && <Button variant="default" loading={markRead.isPending} onClick={markAll}>{t('notifications.markAll')}</Button>}
    >
      {list.pending && <LoadingRows rows={4} height={84} shape={[60, 20]} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      {markRead.error !== null && <ErrorState error={markRead.error} />}
      {!list.pending && list.error === null && list.rows.length === 0 && <EmptyState icon={BellOff} title={t('notifications.none')} text={t('notifications.noneHow')} />}
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {list.rows.map((one) => <Told key={one.id} told={one} read={() => one.readAt === null && markRead.mutate({ body: { ids: [one.id] } })} />)}
      </Stack>
      {list.hasMore && <Button variant="default" mt="md" loading={pages.isFetchingNextPage} onClick={list.more}>{t('notifications.more')}</Button>}
    </Page>
  );
}

function Told({ told: { texts, lotId, createdAt, readAt }, read }: { readonly told: Notification; readonly read: () => void }) {
  const { t } = useTranslation('donor');
  const { title, text } = texts[language()];
  return (
    <Paper component="li" withBorder p="md" bg="var(--lc-raised)">
      <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '0.25rem 1rem' }}>
        <Anchor fw={readAt === null ? 650 : 450} style={{ overflowWrap: 'anywhere' }} onClick={read} renderRoot={(props) => <Link to="/donor/lots/$lotId" params={{ lotId }} {...props} />}>{title}</Anchor>
        {readAt === null && <StateChip size="sm" state="active" label={t('notifications.new')} />}
      </div>
      <Text mt={2} style={{ overflowWrap: 'anywhere' }}>{text}</Text>
      <Text size="sm" c="dimmed" mt={4}><When at={createdAt} /></Text>
    </Paper>
  );
}
