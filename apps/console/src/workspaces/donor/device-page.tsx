import { Anchor, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake, traceability } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { PageMissing } from '../../shell/page-missing.js';
import { DeviceTimeline } from './device-timeline.js';
import { isMissing } from './lot.js';
import { useSayWhere } from './say-where.js';

const REFRESH_MS = 10_000;

/** What became of this device? */
export function DevicePage() {
  const { t } = useTranslation('donor');
  const where = useSayWhere();
  const { lotId, deviceId } = useParams({ from: '/donor/lots/$lotId/devices/$deviceId' });
  const found = intake.useQuery('get', '/api/intake/lots/{lotId}/devices/{deviceId}', { params: { path: { lotId, deviceId } } });
  const told = traceability.useQuery('get', '/api/traceability/own-devices/{deviceId}/timeline', { params: { path: { deviceId } } }, { refetchInterval: REFRESH_MS, enabled: found.isSuccess });
  const device = found.data;
  if (isMissing(found.error)) return <PageMissing />;
  const failed = found.error ?? (isMissing(told.error) ? null : told.error);
  if (!device) return <Page title={t('nav.lots')}>{failed === null ? <LoadingRows rows={6} shape={[40]} /> : <ErrorState error={failed} retry={() => void found.refetch()} />}</Page>;
  const category = t(`device.categories.${device.category}`);
  const facts = [category, device.serial !== null && t('device.serial', { serial: device.serial }), t('device.label', { label: device.label })].filter((fact) => fact !== false);
  return (
    <>
      <Anchor size="sm" mb="xs" display="inline-flex" style={{ alignItems: 'center', gap: '0.3rem' }} renderRoot={(props) => <Link to="/donor/lots/$lotId" params={{ lotId }} {...props} />}>
        <ArrowLeft size={15} aria-hidden /> {t('device.back')}
      </Anchor>
      <Page title={[device.maker, device.model].filter(Boolean).join(' ') || category} lead={facts.join(' · ')}>
        {told.data && (
          <Text fz="1.35rem" lh={1.35} fw={560} mb="xl">
            {told.data.state !== 'delivered' ? t(`device.sentence.${SENTENCES[told.data.state] ?? 'underWay'}`)
              : told.data.destination ? t('device.sentence.deliveredTo', { where: where(told.data.destination) }) : t('device.sentence.delivered')}
          </Text>
        )}
        {failed !== null && <ErrorState error={failed} retry={() => void told.refetch()} />}
        {told.isPending && <LoadingRows rows={6} shape={[40]} />}
        {isMissing(told.error) && <DeviceTimeline state="received" steps={[{ step: 'received', at: device.receivedAt }]} destination={null} />}
        {told.data && <DeviceTimeline {...told.data} />}
      </Page>
    </>
  );
}

const SENTENCES: Readonly<Record<string, 'recycled' | 'returned' | 'lost' | 'toRecycling' | 'ready' | 'blocked'>> = {
  recycled: 'recycled', 'returned-to-donor': 'returned', lost: 'lost', rejected: 'toRecycling', harvested: 'toRecycling', ready: 'ready', blocked: 'blocked',
};
