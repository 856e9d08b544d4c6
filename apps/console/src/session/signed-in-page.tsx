import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Name of the channel on which a tab tells the others that somebody has signed in. */
export const SIGNED_IN = 'lacollecte.signed-in';

/** Where a sign-in begun from another tab ends. */
export function SignedInPage() {
  const { t } = useTranslation('shell');
  useEffect(() => {
    const channel = new BroadcastChannel(SIGNED_IN);
    channel.postMessage('signed-in');
    channel.close();
  }, []);
  return (
    <Stack maw="36rem">
      <Title order={1}>{t('session.back')}</Title>
      <Text>{t('session.backHow')}</Text>
      <Anchor href="/">{t('session.stay')}</Anchor>
    </Stack>
  );
}
