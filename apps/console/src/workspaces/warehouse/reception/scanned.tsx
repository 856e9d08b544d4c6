import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ScanLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../../api/clients.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { StateChip } from '../../../parts/state-chip.js';
import { useList } from '../../../parts/table/list.js';
import { When } from '../../../parts/when.js';
import { type Device, modelOf } from './dock.js';
import classes from './reception.module.css';

const PAGE = 50;
const REFRESH_MS = 15_000;

/** What has come of the lot, the newest first, at whichever session. */
export function Scanned({ lotId }: { readonly lotId: string }) {
  const { t } = useTranslation('warehouse');
  const list = useList<Device>(intake.useInfiniteQuery('get', '/api/intake/lots/{lotId}/devices', { params: { path: { lotId }, query: { order: 'newest', limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS }));
  if (list.pending) return <LoadingRows rows={4} shape={[30, 40]} />;
  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} retry={list.retry} />;
  if (list.rows.length === 0) return <EmptyState icon={ScanLine} title={t('reception.nothingYet')} text={t('reception.nothingYetHow')} />;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard must reach what is below */}
      <ol className={classes.scanned} aria-label={t('reception.scanned')} tabIndex={0}>
        {list.rows.map((device) => (
          <li key={device.id} className={classes.device}>
            <Link to="/warehouse/devices/$deviceId" params={{ deviceId: device.id }} style={{ color: 'inherit', fontWeight: 620 }}>{device.label}</Link>
            <span className={classes.what}>{[modelOf(device) || t(`station.kinds.${device.category}`), device.serial].filter((part) => part).join(' · ')}</span>
            <StateChip size="sm" state={device.lineId === null ? 'waiting' : 'done'} label={t(device.lineId === null ? 'reception.figure.unexpected' : 'reception.ticked')} />
            <Text span size="xs" c="dimmed"><When at={device.receivedAt} /></Text>
          </li>
        ))}
      </ol>
      {list.hasMore && <Button mt="xs" size="xs" variant="default" onClick={list.more}>{t('queue.more')}</Button>}
    </>
  );
}
