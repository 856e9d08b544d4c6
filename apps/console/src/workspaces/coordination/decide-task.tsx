import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import { When } from '../../parts/when.js';
import { ActButton } from './act-button.js';
import type { Task } from './inbox-entries.js';

const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : '');

/** An exception to look at; there is nothing to refuse. */
export function DecideTask({ task, onDecided }: { readonly task: Task; readonly onDecided: () => Promise<void> }) {
  const { t } = useTranslation('coordination');
  const lotId = task.lotId ?? '';
  const lot = intake.useQuery('get', '/api/intake/lots/{lotId}', { params: { path: { lotId } } }, { enabled: task.lotId !== null });
  const end = async () => {
    await intake.call.POST('/api/intake/tasks/{taskId}/end', { params: { path: { taskId: task.id } } });
    await onDecided();
  };
  const due = task.detail['due'];
  return (
    <>
      <Text my="sm">
        {lot.data && t('taskLot', { title: lot.data.title })}
        {typeof due === 'string' && <> {t('inbox.wasDue')} <When at={due} />.</>}
        {task.kind === 'serial-in-other-lot' && <> {t('taskSerials', { serials: list(task.detail['serials']) })}</>}
      </Text>
      <ActButton act={end} shortcut="a">{t('taskSeen')}</ActButton>
    </>
  );
}
