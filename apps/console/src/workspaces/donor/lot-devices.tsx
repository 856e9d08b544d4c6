import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, paged, traceability } from '../../api/clients.js';
import type { paths } from '../../api/generated/intake.js';
import type { State } from '../../palette.js';
import { EmptyState } from '../../parts/empty-state.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { type List, useList } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { When } from '../../parts/when.js';

type Device = paths['/api/intake/lots/{lotId}/devices']['get']['responses'][200]['content']['application/json']['items'][number];

const STANDINGS = { received: 'waiting', erased: 'active', ready: 'active', delivered: 'done', recycled: 'left', 'returned-to-donor': 'left', lost: 'left' } as const satisfies Record<string, State>;
type Standing = keyof typeof STANDINGS;
interface Row extends Device {
  readonly standing: Standing;
}

const PAGE = 200;
const REFRESH_MS = 30_000;

/** Each device that came, and where it is. */
export function LotDevices({ lotId }: { readonly lotId: string }) {
  const { t } = useTranslation('donor');
  const navigate = useNavigate();
  const list = useDevices(lotId);
  const name = ({ maker, model, category }: Row) => [maker, model].filter(Boolean).join(' ') || t(`device.categories.${category}`);
  const chip = (row: Row) => <StateChip size="sm" state={STANDINGS[row.standing]} label={t(`device.standings.${row.standing}`)} />;
  const columns = useMemo((): Column<Row>[] => [
    { key: 'device', title: t('lot.table.device'), width: 220, grow: 2, shown: 'always', cell: name },
    { key: 'category', title: t('lot.table.category'), width: 150, cell: ({ category }) => t(`device.categories.${category}`) },
    { key: 'serial', title: t('lot.table.serial'), width: 150, cell: ({ serial }) => serial ?? '–' },
    { key: 'label', title: t('lot.table.label'), width: 140, cell: ({ label }) => label },
    { key: 'received', title: t('lot.table.received'), width: 170, shown: 'asked', cell: ({ receivedAt }) => <When at={receivedAt} /> },
    { key: 'announced', title: t('lot.table.announced'), width: 120, shown: 'asked', cell: ({ lineId }) => (lineId === null ? t('lot.table.no') : t('lot.table.yes')) },
    { key: 'standing', title: t('lot.table.standing'), width: 190, shown: 'always', cell: chip },
    // oxlint-disable-next-line react/exhaustive-deps -- all of it is made of `t`
  ], [t]);
  return (
    <VirtualTable
      name="donor.devices"
      label={t('lot.devices')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/donor/lots/$lotId/devices/$deviceId', params: { lotId, deviceId: id } })}
      compact={(row) => (
        <>
          <Text fw={600}>{name(row)}</Text>
          <Text size="sm" c="dimmed">{row.serial ?? row.label}</Text>
          {chip(row)}
        </>
      )}
      empty={<EmptyState icon={Boxes} title={t('lot.table.none')} text={t('lot.table.noneHow')} />}
    />
  );
}

/** As intake received them, each with where the history says it is: of one that it has not heard of yet, its end as intake knows it. */
function useDevices(lotId: string): List<Row> {
  const asked = { params: { path: { lotId }, query: { limit: PAGE } } };
  const list = useList(intake.useInfiniteQuery('get', '/api/intake/lots/{lotId}/devices', asked, { ...paged, refetchInterval: REFRESH_MS }));
  const told = useList(traceability.useInfiniteQuery('get', '/api/traceability/own-lots/{lotId}/devices', asked, { ...paged, refetchInterval: REFRESH_MS }));
  const rows = useMemo(() => {
    const standings = new Map(told.rows.map(({ deviceId, standing }) => [deviceId, standing]));
    return list.rows.map((row): Row => ({ ...row, standing: standings.get(row.id) ?? (row.outcome as Standing | null) ?? 'received' }));
  }, [list.rows, told.rows]);
  return { ...list, rows, more: () => (list.more(), told.hasMore && told.more()) };
}
