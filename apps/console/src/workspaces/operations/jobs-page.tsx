import { Code, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { ListChecks } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { OperationsPage } from './operations-page.js';
import { OutboxTable } from './outbox-table.js';
import { serviceOf, useEach } from './platform.js';
import { readOnly } from './read-only.js';
import { useRefresh } from './use-refresh.js';

const EVERY_MS = 5_000;
const STATES = ['waiting', 'delayed', 'queued', 'retrying'] as const;

/** What waits to be done, what failed, and what was decided and is not sent. */
export function JobsPage() {
  const { t } = useTranslation('operations');
  const locked = useStore(readOnly);
  const refresh = useRefresh();
  const queues = useEach('/operations/queues', EVERY_MS);
  const jobs = useEach('/jobs/failed', EVERY_MS);
  const outboxes = useEach('/operations/outbox', EVERY_MS);
  const rows = queues.all.flatMap(({ service, data = [] }) => data.map((queue) => ({ service, queue })));
  const failures = jobs.all.flatMap(({ service, data = [] }) => data.map((job) => ({ service, job })));
  const pending = queues.pending || jobs.pending || outboxes.pending;
  const never = outboxes.all.flatMap(({ data }) => data?.parked ?? []).length;
  const lead = failures.length + never === 0 ? t('jobs.fine') : t('jobs.trouble', { failures: failures.length, never });
  const retry = (service: (typeof failures)[number]['service'], jobId: string) => async () => {
    await serviceOf(service).POST('/jobs/{jobId}/retry', { params: { path: { jobId } } });
    await refresh();
  };
  return (
    <OperationsPage title={t('nav.jobs')} {...(!pending && queues.failed === null && { lead })} services={queues.failed === null ? queues.all : []}>
      {pending && <LoadingRows rows={8} />}
      {queues.failed !== null && <ErrorState error={queues.failed} retry={queues.retry} />}
      {!pending && queues.failed === null && (
        <Stack gap="xl">
          <section aria-labelledby="failed">
            <Title order={2} id="failed" mb="sm">{t('jobs.failed')}</Title>
            {failures.length === 0 && <EmptyState icon={ListChecks} title={t('jobs.noneFailed')} text={t('jobs.noneFailedHow')} />}
            <Stack gap="sm">
              {failures.map(({ service, job }) => (
                <Paper key={job.id} withBorder p="md">
                  <Text fw={600}>{t(`services.${service}`)} · <Code>{job.queue}</Code></Text>
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{job.error}</Text>
                  <Text size="sm" c="dimmed" component="div" mb="xs">
                    {t('jobs.failures', { count: job.failures })} · {job.givenUpAt !== null ? <>{t('jobs.givenUp')} <When at={job.givenUpAt} /></> : job.dueAt !== null && <>{t('jobs.again')} <When at={job.dueAt} /></>}
                  </Text>
                  {job.givenUpAt === null
                    ? <ConfirmAction label={t('jobs.retry')} question={t('jobs.retryQuestion')} consequence={t('jobs.retryConsequence')} act={retry(service, job.id)} button={{ size: 'xs', disabled: locked }} />
                    : <StateChip size="sm" state="failed" label={t('jobs.givenUpFor')} />}
                </Paper>
              ))}
            </Stack>
          </section>
          <section aria-labelledby="queues">
            <Title order={2} id="queues" mb="sm">{t('jobs.queues')}</Title>
            <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
              <Table aria-label={t('jobs.queues')}>
                <Table.Thead>
                  <Table.Tr><Table.Th>{t('jobs.queue')}</Table.Th>{STATES.map((state) => <Table.Th key={state} ta="right">{t(`jobs.states.${state}`)}</Table.Th>)}<Table.Th>{t('jobs.oldest')}</Table.Th></Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map(({ service, queue }) => (
                    <Table.Tr key={queue.queue}>
                      <Table.Td><Text size="sm" fw={550}>{t(`services.${service}`)}</Text><Code>{queue.queue}</Code>{queue.backend === null && <div><StateChip size="sm" state="failed" label={t('jobs.noBackend')} /></div>}</Table.Td>
                      {STATES.map((state) => <Table.Td key={state} ta="right"><Quantity value={queue.jobs[state]} /></Table.Td>)}
                      <Table.Td>{queue.oldestDueAt === null ? '–' : <When at={queue.oldestDueAt} />}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </section>
          <OutboxTable outboxes={outboxes.all} />
        </Stack>
      )}
    </OperationsPage>
  );
}
