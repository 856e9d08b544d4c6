import { ActionIcon, Indicator } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Bell as Shape } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';

const REFRESH_MS = 30_000;

/** How much one was told and has not read, above every page of the workspace. */
export function Bell() {
  const { t } = useTranslation('donor');
  const { data } = intake.useQuery('get', '/api/intake/notifications', { params: { query: { limit: 1 } } }, { refetchInterval: REFRESH_MS });
  const unread = data?.unread ?? 0;
  return (
    <Indicator label={unread > 99 ? '99+' : unread} disabled={unread === 0} size={17} offset={4} color="accent">
      <ActionIcon
        variant="default"
        size={36}
        radius="xl"
        aria-label={unread === 0 ? t('notifications.noneUnread') : t('notifications.unread', { count: unread })}
        renderRoot={(props) => <Link to="/donor/notifications" {...props} />}
      >
        <Shape size={19} aria-hidden />
      </ActionIcon>
    </Indicator>
  );
}
