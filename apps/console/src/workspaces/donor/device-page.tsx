import { Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { refurbishment, traceability } from '../../api/clients.js';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { PageMissing } from '../../shell/page-missing.js';
import { DeviceQuestion } from './device-question.js';
import { DeviceTimeline } from './device-timeline.js';
import { isMissing } from './lot.js';
import { standingOfDevice, useDeviceName } from './own-device.js';
import { useSayWhere } from './say-where.js';

const REFRESH_MS = 10_000;

/** What became of this device? */
export function DevicePage() {
  const { t } = useTranslation('donor');
  const where = useSayWhere();
  const name = useDeviceName();
  const { lotId, deviceId } = useParams({ from: '/donor/lots/$lotId/devices/$deviceId' });
  const asked = { params: { path: { deviceId } } };
  const found = refurbishment.useQuery('get', '/api/refurbishment/own-devices/{deviceId}', asked, { refetchInterval: REFRESH_MS });
  const way = traceability.useQuery('get', '/api/traceability/own-devices/{deviceId}/timeline', asked, { refetchInterval: REFRESH_MS });
  const device = found.data;
  if (isMissing(found.error) || (device && device.lotId !== lotId)) return <PageMissing />;
  if (!device) return <Page title={t('nav.lots')}>{found.error === null ? <LoadingRows rows={6} shape={[40]} /> : <ErrorState error={found.error} retry={() => void found.refetch()} />}</Page>;
  const facts = [t(`device.categories.${device.category}`), device.serial !== null && t('device.serial', { serial: device.serial }), t('device.label', { label: device.label })];
  const standing = standingOfDevice(device);
  const to = way.data?.destination;
  return (
    <Page back={<BackLink to="/donor/lots/$lotId" params={{ lotId }}>{t('device.back')}</BackLink>} title={name(device)} lead={facts.filter((fact) => fact !== false).join(' · ')}>
      <Stack gap="xl">
        <Text fz="1.35rem" lh={1.35} fw={560}>{standing === 'delivered' && to ? t('device.sentence.deliveredTo', { where: where(to) }) : t(`device.sentence.${standing}`)}</Text>
        <DeviceQuestion device={device} />
        {way.error !== null && <ErrorState error={way.error} retry={() => void way.refetch()} />}
        {way.isPending && <LoadingRows rows={6} shape={[40]} />}
        {way.data && <DeviceTimeline {...way.data} />}
      </Stack>
    </Page>
  );
}
