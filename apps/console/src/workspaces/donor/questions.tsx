import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MessageCircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../api/clients.js';
import { Notice } from '../../parts/notice.js';
import { When } from '../../parts/when.js';
import { useDeviceName } from './own-device.js';

/** So many are named; the others follow once these are answered. */
const SHOWN = 10;
const REFRESH_MS = 30_000;

/** Devices that cannot go on before their donor answers: of one gift, or of all. */
export function Questions({ lotId }: { readonly lotId?: string }) {
  const { t } = useTranslation('donor');
  const name = useDeviceName();
  const query = { tasks: 'true', limit: SHOWN, ...(lotId !== undefined && { lotId }) };
  const { data } = refurbishment.useQuery('get', '/api/refurbishment/own-devices', { params: { query } }, { refetchInterval: REFRESH_MS });
  const waiting = data?.items ?? [];
  if (waiting.length === 0) return null;
  return (
    <Notice state="waiting" icon={MessageCircleQuestionMark} title={data?.next === null ? t('device.question.some', { count: waiting.length }) : t('device.question.many', { count: SHOWN })}>
      <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
        {waiting.map((device) => (
          <li key={device.id}>
            <Anchor inherit underline="always" c="inherit" renderRoot={(props) => <Link to="/donor/lots/$lotId/devices/$deviceId" params={{ lotId: device.lotId, deviceId: device.id }} {...props} />}>
              {name(device)} ({device.serial ?? device.label})
            </Anchor>
            {device.task !== null && <> · {t('device.question.until')} <When at={device.task.until} /></>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
