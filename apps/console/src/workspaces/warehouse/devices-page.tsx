import { NativeSelect, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
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
import { type DeviceFilter, type Listed, STATES } from './device/listed.js';
import { LOOKS } from './device/looks.js';
import { BLOCKS, CATEGORIES } from './scanning/steps.js';
import { AtSite } from './site/at-site.js';

const PAGE = 200;

/** Every device of the site, in the order they came; found by the search in the frame, narrowed by state and kind. */
export function DevicesPage() {
  const { t } = useTranslation('warehouse');
  const { q } = useSearch({ from: '/warehouse/devices' });
  return <AtSite title={t('nav.devices')} lead={q === undefined ? t('device.listLead') : t('device.found', { search: q })}>{(siteId) => <Devices siteId={siteId} />}</AtSite>;
}

function Devices({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const navigate = useNavigate();
  const filter = useSearch({ from: '/warehouse/devices' });
  const { q, state, category } = filter;
  const query = { siteId, limit: PAGE, ...(q !== undefined && { search: q }), ...(state && { state }), ...(category && { category }) };
  const list = useList<Listed>(refurbishment.useInfiniteQuery('get', '/api/refurbishment/devices', { params: { query } }, paged));
  const narrow = (change: DeviceFilter) => void navigate({ to: '/warehouse/devices', search: { ...filter, ...change }, replace: true });
  const columns = useMemo((): Column<Listed>[] => [
    { key: 'label', title: t('device.columns.label'), width: 150, shown: 'always', cell: ({ label }) => <b>{label}</b> },
    { key: 'kind', title: t('device.columns.kind'), width: 150, cell: ({ category: kind }) => t(`station.kinds.${kind}`) },
    { key: 'model', title: t('device.columns.model'), width: 200, grow: 2, cell: nameOf },
    { key: 'state', title: t('device.columns.state'), width: 150, shown: 'always', cell: ({ state: now }) => <StateChip size="sm" state={LOOKS[now]} label={t(`station.states.${now}`)} /> },
    { key: 'next', title: t('device.columns.next'), width: 140, cell: ({ next }) => (next === null ? '–' : t(`queue.benches.${next}`)) },
    { key: 'grade', title: t('device.columns.grade'), width: 100, cell: ({ grade }) => grade ?? '–' },
    { key: 'since', title: t('device.columns.since'), width: 160, cell: ({ waitingSince }) => <When at={waitingSince} /> },
    { key: 'block', title: t('device.columns.block'), width: 180, shown: 'asked', cell: ({ blockReason }) => blockOf(blockReason, (reason) => t(`series.blocks.${reason}`)) },
  ], [t]);
  const narrowed = q !== undefined || state !== undefined || category !== undefined;
  return (
    <VirtualTable
      name="warehouse.devices"
      label={t('nav.devices')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/warehouse/devices/$deviceId', params: { deviceId: id } })}
      tools={(
        <>
          <NativeSelect aria-label={t('device.columns.state')} w={170} value={state ?? ''} data={[{ value: '', label: t('device.anyState') }, ...STATES.map((value) => ({ value, label: t(`station.states.${value}`) }))]} onChange={({ currentTarget }) => narrow({ state: STATES.find((one) => one === currentTarget.value) })} />
          <NativeSelect aria-label={t('device.columns.kind')} w={170} value={category ?? ''} data={[{ value: '', label: t('device.anyKind') }, ...CATEGORIES.map((value) => ({ value, label: t(`station.kinds.${value}`) }))]} onChange={({ currentTarget }) => narrow({ category: CATEGORIES.find((one) => one === currentTarget.value) })} />
        </>
      )}
      compact={(device) => (
        <>
          <Text fw={600}>{device.label}</Text>
          <Text size="sm" c="dimmed">{[t(`station.kinds.${device.category}`), nameOf(device)].filter((part) => part !== '').join(' · ')}</Text>
          <StateChip size="sm" state={LOOKS[device.state]} label={t(`station.states.${device.state}`)} />
        </>
      )}
      empty={narrowed ? <EmptyState icon={Boxes} title={t('device.noneFound')} text={t('device.noneFoundHow')} /> : <EmptyState icon={Boxes} title={t('device.none')} text={t('device.noneHow')} />}
    />
  );
}

const nameOf = ({ maker, model }: Listed): string => [maker, model].filter((part) => part !== null).join(' ');

function blockOf(reason: string | null, say: (known: (typeof BLOCKS)[number]) => string): string {
  const known = BLOCKS.find((one) => one === reason);
  return known === undefined ? '–' : say(known);
}
