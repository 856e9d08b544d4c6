import { ActionIcon, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { LogOut, Moon, Sun, User } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../api/store.js';
import { useErrorText } from '../parts/use-error-text.js';
import { signOut } from '../session/load-session.js';
import { session } from '../session/session.js';

export function Account() {
  const { t } = useTranslation('shell');
  const errorText = useErrorText();
  const who = useStore(session);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const leave = () => void signOut().catch((error: unknown) => notifications.show({ color: 'red', title: t('account.signOutFailed'), message: errorText(error) }));
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} radius="xl" aria-label={t('account.menu', { name: who?.name ?? '' })}>
          <User size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '0.4rem 0.75rem 0.6rem' }}>
          <Text fw={600} size="sm">{who?.name}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{who?.email}</Text>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={dark ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
          {dark ? t('account.light') : t('account.dark')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={leave}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
