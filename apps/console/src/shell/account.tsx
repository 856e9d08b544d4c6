import { ActionIcon, Text, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { LogOut, Moon, Sun, User } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../api/store.js';
import { useErrorText } from '../parts/use-error-text.js';
import { refusedAside } from '../parts/messages.js';
import { signOut } from '../session/load-session.js';
import { session } from '../session/session.js';
import classes from './account.module.css';

/** Who is signed in and what is theirs to choose, in a popover of the browser's own: Mantine's menu would be 15 kB of every first load. */
export function Account() {
  const { t } = useTranslation('shell');
  const errorText = useErrorText();
  const who = useStore(session);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const panel = useId();
  const leave = () => void signOut().catch((error: unknown) => refusedAside(errorText(error), t('account.signOutFailed')));
  const choice = (icon: ReactNode, text: string, onClick: () => void) => (
    <UnstyledButton className={classes.choice} popoverTarget={panel} popoverTargetAction="hide" onClick={onClick}>{icon}{text}</UnstyledButton>
  );
  return (
    <>
      <ActionIcon variant="default" size={36} radius="xl" aria-label={t('account.menu', { name: who?.name ?? '' })} popoverTarget={panel}>
        <User size={19} aria-hidden />
      </ActionIcon>
      <div id={panel} popover="auto" className={classes.panel}>
        <div className={classes.who}>
          <Text fw={600} size="sm">{who?.name}</Text>
          <Text size="xs" c="dimmed">{who?.email}</Text>
        </div>
        {dark ? choice(<Sun size={16} aria-hidden />, t('account.light'), () => setColorScheme('light')) : choice(<Moon size={16} aria-hidden />, t('account.dark'), () => setColorScheme('dark'))}
        {choice(<LogOut size={16} aria-hidden />, t('account.signOut'), leave)}
      </div>
    </>
  );
}
