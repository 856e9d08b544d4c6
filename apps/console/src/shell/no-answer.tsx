import { Button, Center } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../parts/empty-state.js';

/** Instead of the frame: the server does not answer, and nobody was here before who could be shown anything. */
export function NoAnswer() {
  const { t } = useTranslation('shell');
  return (
    <Center component="main" mih="100dvh" p="md">
      <EmptyState level={1} icon={CloudOff} title={t('noAnswer.title')} text={t('noAnswer.text')} action={<Button onClick={() => location.reload()}>{t('noAnswer.again')}</Button>} />
    </Center>
  );
}
