import { Button, Group, Text } from '@mantine/core';
import { GitCompare, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import type { useWords } from './use-words.js';

/** Whether what was typed is kept, and what to do where it is not. */
export function SavedLine({ saved, save, keepMine, takeTheirs }: Pick<ReturnType<typeof useWords>, 'saved' | 'save' | 'keepMine' | 'takeTheirs'>) {
  const { t } = useTranslation('donor');
  if (saved === 'conflict') {
    return (
      <Notice state="waiting" icon={GitCompare} title={t('new.saved.conflict')} aloud>
        <div>{t('new.saved.conflictHow')}</div>
        <Group gap="sm" mt="xs">
          <Button size="xs" onClick={() => void keepMine()}>{t('new.saved.mine')}</Button>
          <Button size="xs" variant="default" onClick={() => void takeTheirs()}>{t('new.saved.theirs')}</Button>
        </Group>
      </Notice>
    );
  }
  if (saved === 'failed') {
    return (
      <Notice state="failed" icon={TriangleAlert} title={t('new.saved.failed')} aloud>
        <div>{t('new.saved.failedHow')}</div>
        <div><Button size="xs" variant="default" mt={4} onClick={() => void save()}>{t('new.saved.again')}</Button></div>
      </Notice>
    );
  }
  return <Text size="sm" c="dimmed" role="status">{t(saved === 'saving' ? 'new.saved.saving' : 'new.saved.saved')}</Text>;
}
