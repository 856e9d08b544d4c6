import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { paged, refurbishment } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { When } from '../../parts/when.js';
import { type OwnDevice, STANDINGS, standingOfDevice, useDeviceName } from './own-device.js';

const PAGE = 200;
const REFRESH_MS = 30_000;

/** Each device that came, and where it is. */
export function LotDevices({ lotId }: { readonly lotId: string }) {
  const { t } = useTranslation('donor');
  const navigate = useNavigate();
  const name = useDeviceName();
  const list = useList<OwnDevice>(refurbishment.useInfiniteQuery('get', '/api/refurbishment/own-devices', { params: { query: { lotId, limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS }));
  const columns = useMemo((): Column<OwnDevice>[] => [
    { key: 'device', title: t('lot.table.device'), width: 220, grow: 2, shown: 'always', cell: name },
    { key: 'category', title: t('lot.table.category'), width: 150, cell: ({ category }) => t(`device.categories.${category}`) },
    { key: 'serial', title: t('lot.table.serial'), width: 150, cell: ({ serial }) => serial ?? '–' },
    { key: 'label', title: t('lot.table.label'), width: 140, cell: ({ label }) => label },
    { key: 'since', title: t('lot.table.since'), width: 170, shown: 'asked', cell: ({ since }) => <When at={since} /> },
    { key: 'standing', title: t('lot.table.standing'), width: 190, shown: 'always', cell: (device) => <Standing device={device} /> },
    // oxlint-disable-next-line react/exhaustive-deps -- `name` is made of `t`
  ], [t]);
  return (
    <VirtualTable
      name="donor.devices"
      label={t('lot.devices')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/donor/lots/$lotId/devices/$deviceId', params: { lotId, deviceId: id } })}
      compact={(device) => (
        <>
          <Text fw={600}>{name(device)}</Text>
          <Text size="sm" c="dimmed">{device.serial ?? device.label}</Text>
          <Standing device={device} />
        </>
      )}
      empty={<EmptyState icon={Boxes} title={t('lot.table.none')} text={t('lot.table.noneHow')} />}
    />
  );
}

function Standing({ device }: { readonly device: OwnDevice }) {
  const { t } = useTranslation('donor');
  const standing = standingOfDevice(device);
  return <StateChip size="sm" state={STANDINGS[standing]} label={t(`device.standings.${standing}`)} />;
}
