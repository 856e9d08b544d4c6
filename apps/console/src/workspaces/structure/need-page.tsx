import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { SearchX, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { queryClient } from '../../api/query-client.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { BackLink } from '../../parts/back-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { isMissing } from './is-missing.js';
import { LineDetails } from './line-details.js';
import { LineOutcome } from './line-outcome.js';
import { isOpen, NEED, type Need } from './states.js';
import { structure } from './workspace.js';

/** One need in full: what it weighs, and why it got what it got. */
export function NeedPage() {
  const { t } = useTranslation(structure.name);
  const { needId = '' } = useParams({ strict: false });
  const { data: need, error, refetch } = matching.useQuery('get', '/api/matching/needs/{needId}', { params: { path: { needId } } });
  const { data: now } = matching.useQuery('get', '/api/matching/availability');
  const back = <BackLink to="/structure/needs">{t('need.back')}</BackLink>;
  if (isMissing(error)) return <EmptyState level={1} icon={SearchX} title={t('need.missing')} text={t('need.missingHow')} action={back} />;
  if (!need) return <Page back={back} title={t('need.title')}>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows />}</Page>;
  const named = need.lines.some(({ warnings }) => warnings.length > 0);
  return (
    <Page
      back={back}
      title={need.lines.map(({ category, asked }) => t(`kinds.${category}`, { count: asked })).join(', ')}
      lead={<>{t('needs.asked')} <When at={need.createdAt} /></>}
      actions={<StateChip state={NEED[need.state]} label={t(`needStates.${need.state}`)} />}
    >
      <Stack gap="lg">
        {need.declineReason !== null && <Notice state="failed" icon={TriangleAlert} title={t('needs.declined', { reason: need.declineReason })} />}
        {named && <Notice state="waiting" icon={TriangleAlert} title={t('need.named')}>{t('need.namedHow')}</Notice>}
        {need.state === 'submitted' && <Text>{t('need.toDecide')}</Text>}
        {isOpen(need) && need.state !== 'submitted' && need.lines.some(({ open }) => open > 0) && now && <Text>{t('need.round')} <When at={now.nextRoundAt} due /></Text>}
        {need.lines.map((line) => (
          <section key={line.lineId} className={classes.card} aria-label={t(`kinds.${line.category}`, { count: line.asked })}>
            <LineOutcome line={line} open={isOpen(need)} now={now} />
            <LineDetails line={line} createdAt={need.createdAt} />
          </section>
        ))}
        {need.topUps.asked > 0 && <Text>{t('need.topUps', { count: need.topUps.asked })}</Text>}
        {isOpen(need) && <Choices need={need} />}
      </Stack>
    </Page>
  );
}

function Choices({ need: { needId, version, expiresAt, lines } }: { readonly need: Need }) {
  const { t } = useTranslation(structure.name);
  const about = { path: { needId }, header: { 'If-Match': String(version) } };
  const done = async () => {
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/matching/needs/{needId}'] });
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/matching/needs'] });
  };
  const confirm = matching.useMutation('post', '/api/matching/needs/{needId}/reconfirmation', { onSettled: done });
  const cancel = async () => {
    await matching.call.POST('/api/matching/needs/{needId}/cancellation', { params: about });
    await done();
  };
  const left = lines.reduce((sum, { open, allocated }) => sum + open + allocated, 0);
  return (
    <section>
      <Title order={2} mb={4}>{t('need.still')}</Title>
      <Text size="sm" c="dimmed" mb="sm">{t('need.expires')} <When at={expiresAt} />.</Text>
      {confirm.error && <ErrorState error={confirm.error} />}
      {confirm.isSuccess && <Text size="sm" mb="sm" role="status">{t('need.reconfirmed')}</Text>}
      <Group>
        <Button loading={confirm.isPending} onClick={() => confirm.mutate({ params: about })}>{t('need.reconfirm')}</Button>
        <ConfirmAction danger label={t('need.cancel')} question={t('need.cancelQuestion', { count: left })} consequence={t('need.cancelHow')} act={cancel} />
      </Group>
    </section>
  );
}
