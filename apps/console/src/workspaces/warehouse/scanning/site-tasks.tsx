import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { ClipboardCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paged, refurbishment } from '../../../api/clients.js';
import { useStore } from '../../../api/store.js';
import { language } from '../../../i18n/i18n.js';
import { ErrorState } from '../../../parts/error-state.js';
import { When } from '../../../parts/when.js';
import { scanLog } from '../../../offline/scan-log.js';
import { session } from '../../../session/session.js';
import classes from './scan-lines.module.css';
import { useStepText } from './use-step-text.js';

const REFRESH_MS = 30_000;

/** What the site has to look at: scans made with no network that were refused when they arrived. Nothing where there is none. */
export function SiteTasks({ onLook }: { readonly onLook: (label: string) => void }) {
  const { t } = useTranslation('warehouse');
  const stepText = useStepText();
  const siteId = useStore(session)?.siteIds[0];
  const [error, setError] = useState<unknown>(null);
  const tasks = refurbishment.useInfiniteQuery(
    'get', '/api/refurbishment/sites/{siteId}/tasks', { params: { path: { siteId: siteId ?? '' }, query: { limit: 50 } } }, { ...paged, enabled: siteId !== undefined, refetchInterval: REFRESH_MS, retry: false },
  );
  const { refetch } = tasks;
  const late = useStore(scanLog).filter(({ state }) => state === 'task').length;
  useEffect(() => {
    if (late > 0) void refetch();
  }, [late, refetch]);
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const end = async (taskId: string) => {
    setError(null);
    await refurbishment.call.POST('/api/refurbishment/tasks/{taskId}/end', { params: { path: { taskId } } }).then(() => tasks.refetch(), setError);
  };
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="site-tasks">
      <Title order={2} id="site-tasks" mb={4}>{t('offline.tasks')}</Title>
      <Text c="dimmed" mb="sm">{t('offline.tasksHow')}</Text>
      {error !== null && <ErrorState error={error} />}
      <ul className={classes.lines} aria-label={t('offline.tasks')}>
        {items.map(({ id, label, step, problem, occurredAt, createdAt }) => (
          <li key={id} className={classes.line} data-state="failed">
            <span className={classes.label}>{label}</span>
            <Stack gap={0} className={classes.text}>
              <span><b>{stepText(step)}</b> · {t('offline.scanned')} <When at={occurredAt ?? createdAt} /></span>
              <span>{problem.title[language()]}</span>
            </Stack>
            <Group gap="xs">
              <Button variant="default" onClick={() => onLook(label)} aria-label={t('offline.lookAt', { label })}>{t('offline.look')}</Button>
              <Button variant="default" leftSection={<ClipboardCheck size={18} aria-hidden />} onClick={() => void end(id)} aria-label={t('offline.endOf', { label })}>{t('offline.end')}</Button>
            </Group>
          </li>
        ))}
      </ul>
      {tasks.hasNextPage && <Button mt="sm" variant="default" loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>{t('offline.moreTasks')}</Button>}
    </section>
  );
}
