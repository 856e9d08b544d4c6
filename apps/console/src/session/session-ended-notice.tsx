import { Button, Group } from '@mantine/core';
import { KeyRound, LogIn } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../api/store.js';
import { Notice } from '../parts/notice.js';
import { resumeSession } from './load-session.js';
import { sessionEnded, signInAddress } from './session.js';
import { SIGNED_IN } from './signed-in-page.js';

/** The session ended while the page was open: a sign-in in another tab goes on here, with all that was typed. */
export function SessionEndedNotice() {
  const { t } = useTranslation('shell');
  const ended = useStore(sessionEnded);
  useEffect(() => {
    if (!ended) return;
    const channel = new BroadcastChannel(SIGNED_IN);
    const resume = () => void resumeSession();
    // Somebody has signed in again in another tab already: nothing has to be asked of them.
    resume();
    channel.addEventListener('message', resume);
    addEventListener('focus', resume);
    return () => {
      channel.close();
      removeEventListener('focus', resume);
    };
  }, [ended]);
  if (!ended) return null;
  return (
    <div style={{ marginBottom: 'var(--mantine-spacing-md)' }}>
      <Notice state="waiting" icon={KeyRound} title={t('session.ended')} aloud>
        <div>{t('session.kept')}</div>
        <Group mt={4}>
          <Button component="a" size="xs" href={signInAddress('/signed-in')} target="_blank" leftSection={<LogIn size={16} aria-hidden />}>{t('session.signIn')}</Button>
          <Button variant="default" size="xs" onClick={() => void resumeSession()}>{t('session.resume')}</Button>
        </Group>
      </Notice>
    </div>
  );
}
