import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../../api/clients.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { useList } from '../../../parts/table/list.js';
import { When } from '../../../parts/when.js';
import classes from './labels.module.css';

const PATH = '/api/intake/label-rolls';
const SHOWN = 5;
/** As many as the service gives at once; three sheets by default. */
const MOST = 1000;
const USUAL = 72;

interface RollsProps {
  readonly siteId: string;
  readonly onChoose: (labels: readonly string[]) => void;
}

/** Rolls of new labels: a new one is asked for, an old one is printed again. */
export function Rolls({ siteId, onChoose }: RollsProps) {
  const { t } = useTranslation('warehouse');
  const client = useQueryClient();
  const [count, setCount] = useState(String(USUAL));
  const rolls = useList(intake.useInfiniteQuery('get', PATH, { params: { query: { siteId, limit: SHOWN } } }, paged));
  const issue = intake.useMutation('post', PATH, {
    onSuccess: ({ labels }) => {
      onChoose(labels);
      return client.invalidateQueries({ queryKey: ['get', PATH] });
    },
  });
  const [error, setError] = useState<unknown>(null);
  const open = async (rollId: string) => {
    setError(null);
    await intake.call.GET('/api/intake/label-rolls/{rollId}', { params: { path: { rollId } } }).then(({ data }) => onChoose(data?.labels ?? []), setError);
  };
  const number = /^\d+$/.test(count) && Number(count) >= 1 && Number(count) <= MOST ? Number(count) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number !== null) issue.mutate({ body: { siteId, count: number } });
  };
  return (
    <section aria-label={t('labels.rolls')}>
      <Title order={2} mb="xs">{t('labels.rolls')}</Title>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm" mb="sm">
          <TextInput label={t('labels.count')} inputMode="numeric" w="9rem" value={count} onChange={(event) => setCount(event.currentTarget.value)} error={number === null && t('labels.countRange', { most: MOST })} />
          <Button type="submit" disabled={number === null} loading={issue.isPending}>{t('labels.issue', { count: number ?? 0 })}</Button>
        </Group>
      </form>
      {issue.error && <ErrorState error={issue.error} />}
      {error !== null && <ErrorState error={error} />}
      {rolls.pending && <LoadingRows rows={3} shape={[30, 25, 15]} />}
      {rolls.error !== null && <ErrorState error={rolls.error} retry={rolls.retry} />}
      {!rolls.pending && rolls.error === null && rolls.rows.length === 0 && <EmptyState level={2} icon={Tags} title={t('labels.none')} text={t('labels.noneHow')} />}
      <ul className={classes.rolls}>
        {rolls.rows.map(({ id, count: labels, used, issuedAt }) => (
          <li key={id} className={classes.roll}>
            <Text fw={600}>{t('labels.rollOf', { count: labels })}</Text>
            <Text size="sm" c="dimmed">{t('labels.used', { count: used })} · <When at={issuedAt} /></Text>
            <Button ml="auto" size="xs" variant="default" onClick={() => void open(id)} aria-label={t('labels.againOf', { count: labels, number: used })}>{t('labels.again')}</Button>
          </li>
        ))}
      </ul>
      {rolls.hasMore && <Button mt="xs" size="xs" variant="default" onClick={rolls.more}>{t('labels.older')}</Button>}
    </section>
  );
}
