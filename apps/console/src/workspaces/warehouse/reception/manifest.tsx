import { Text } from '@mantine/core';
import { FileText } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../../api/clients.js';
import type { State } from '../../../palette.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { StateChip } from '../../../parts/state-chip.js';
import type { Column } from '../../../parts/table/column.js';
import { useList } from '../../../parts/table/list.js';
import { VirtualTable } from '../../../parts/table/virtual-table.js';
import { type Line, type LineStanding, modelOf, standingOf } from './dock.js';

const PAGE = 200;
const LOOKS: Readonly<Record<LineStanding, State>> = { complete: 'done', partly: 'active', awaited: 'waiting', declined: 'left' };

interface ManifestProps {
  readonly lotId: string;
  /** A device is in hand: a line can be chosen for it. */
  readonly onChoose: ((line: Line) => void) | undefined;
}

/** What the donor announced, line by line, ticked off as it comes. */
export function Manifest({ lotId, onChoose }: ManifestProps) {
  const { t } = useTranslation('warehouse');
  const list = useList<Line>(intake.useInfiniteQuery('get', '/api/intake/lots/{lotId}/lines', { params: { path: { lotId }, query: { limit: PAGE } } }, { ...paged, staleTime: 60_000 }));
  const columns = useMemo((): Column<Line>[] => [
    { key: 'what', title: t('reception.columns.what'), width: 170, grow: 2, shown: 'always', cell: (line) => modelOf(line) || t(`station.kinds.${line.category}`) },
    { key: 'kind', title: t('device.columns.kind'), width: 120, shown: 'asked', cell: ({ category }) => t(`station.kinds.${category}`) },
    { key: 'serial', title: t('device.sheet.serial'), width: 120, cell: ({ serial, imei }) => serial ?? imei ?? '–' },
    { key: 'count', title: t('reception.columns.count'), width: 80, align: 'right', cell: (line) => t('reception.of', { received: line.received, expected: line.quantity - line.declined }) },
    { key: 'standing', title: t('device.columns.state'), width: 120, shown: 'always', cell: (line) => <Standing line={line} /> },
  ], [t]);
  return (
    <VirtualTable
      name="warehouse.manifest"
      label={t('reception.manifest')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      {...(onChoose && { onOpen: onChoose })}
      compact={(line) => (
        <>
          <Text fw={600}>{modelOf(line) || t(`station.kinds.${line.category}`)}</Text>
          <Text size="sm" c="dimmed">{[line.serial ?? line.imei, t('reception.of', { received: line.received, expected: line.quantity - line.declined })].filter((part) => part).join(' · ')}</Text>
          <Standing line={line} />
        </>
      )}
      empty={<EmptyState icon={FileText} title={t('reception.noManifest')} text={t('reception.noManifestHow')} />}
    />
  );
}

function Standing({ line }: { readonly line: Line }) {
  const { t } = useTranslation('warehouse');
  const standing = standingOf(line);
  return <StateChip size="sm" state={LOOKS[standing]} label={t(`reception.standings.${standing}`)} />;
}
