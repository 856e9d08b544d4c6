import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { queryClient } from '../../api/query-client.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { ErrorState } from '../../parts/error-state.js';
import { NumberField } from './number-field.js';
import type { Allocation } from './states.js';
import { structure } from './workspace.js';

const LEAST_REASON = 3;

/** How many of what is held are taken: all, some or none; what is not taken goes to others at once. */
export function AllocationAnswer({ allocation: { allocationId, version, quantity: held, category } }: { readonly allocation: Allocation }) {
  const { t } = useTranslation(structure.name);
  const [taken, setTaken] = useState<number | null>(held);
  const [reason, setReason] = useState('');
  const params = { path: { allocationId }, header: { 'If-Match': String(version) } };
  const told = async () => {
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/matching/allocations'] });
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/matching/needs'] });
  };
  const accept = matching.useMutation('post', '/api/matching/allocations/{allocationId}/acceptance', { onSuccess: told });
  const why = reason.trim().length >= LEAST_REASON ? reason.trim() : null;
  const part = async () => {
    if (taken === 0) await matching.call.POST('/api/matching/allocations/{allocationId}/refusal', { params, body: { reason: why } });
    else await matching.call.POST('/api/matching/allocations/{allocationId}/acceptance', { params, body: { quantity: taken ?? held, reason: why } });
    await told();
  };
  const back = held - (taken ?? held);
  return (
    <Stack gap="sm" mt="md" maw="34rem">
      {accept.error && <ErrorState error={accept.error} />}
      <NumberField label={t('answer.take', { count: held })} max={held} maw="18rem" value={taken} onChange={setTaken} />
      {back > 0 && <Textarea label={t('answer.why', { count: back })} description={t('answer.whyHow')} rows={2} maxLength={500} value={reason} onChange={({ currentTarget: { value } }) => setReason(value)} />}
      <Group>
        {taken === held && <Button loading={accept.isPending} onClick={() => accept.mutate({ params, body: { quantity: held, reason: null } })}>{t('answer.all', { count: held })}</Button>}
        {taken !== null && back > 0 && (
          <ConfirmAction
            danger={taken === 0}
            label={taken === 0 ? t('answer.none', { count: held }) : t('answer.part', { taken, back })}
            question={t('answer.question', { what: t(`kinds.${category}`, { count: back }), count: back })}
            consequence={t('answer.consequence')}
            act={part}
          />
        )}
        {taken === null && <Text size="sm" c="dimmed">{t('answer.howMany')}</Text>}
        {taken !== 0 && <Button variant="subtle" onClick={() => setTaken(0)}>{t('answer.toNone')}</Button>}
      </Group>
    </Stack>
  );
}
