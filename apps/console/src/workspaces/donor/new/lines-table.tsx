import { ActionIcon, Button, Group, Modal, Table, Text } from '@mantine/core';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Quantity } from '../../../parts/quantity.js';
import { useList } from '../../../parts/table/list.js';
import { LineForm } from './line-form.js';
import { type Line, type TypedLine, valuesOf } from './line-values.js';
import { type Draft, ifMatch } from './use-draft.js';

/** What is in the gift so far; each line can be written anew or taken out. */
export function LinesTable({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('donor');
  const { lotId } = draft;
  const pages = intake.useInfiniteQuery('get', '/api/intake/lots/{lotId}/lines', { params: { path: { lotId }, query: { limit: 50 } } }, paged);
  const list = useList<Line>(pages);
  const [changed, setChanged] = useState<Line | null>(null);
  const [error, setError] = useState<unknown>(null);
  const named = ({ maker, model, category }: Line) => [maker, model].filter(Boolean).join(' ') || t(`device.categories.${category}`);
  const remove = async (line: Line) => {
    setError(null);
    const send = (version: number) => intake.call.POST('/api/intake/lots/{lotId}/lines/removal', { params: { path: { lotId }, header: ifMatch(version) }, body: { lineIds: [line.id] } });
    await draft.change(send).catch(setError);
    await draft.linesChanged();
  };
  const write = async (line: TypedLine) => {
    const send = (version: number) => intake.call.PUT('/api/intake/lots/{lotId}/lines/{lineId}', { params: { path: { lotId, lineId: changed!.id }, header: ifMatch(version) }, body: line });
    await draft.change(send);
    await draft.linesChanged();
    setChanged(null);
  };
  if (list.pending) return <LoadingRows rows={3} />;
  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} retry={list.retry} />;
  if (list.rows.length === 0) return <Text c="dimmed">{t('new.lines.none')}</Text>;
  return (
    <>
      {error !== null && <ErrorState error={error} />}
      <Table aria-label={t('new.lines.title')} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('new.lines.what')}</Table.Th>
            <Table.Th ta="right">{t('new.fields.quantity')}</Table.Th>
            <Table.Th ta="right">{t('new.lines.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {named(line)}
                <Text size="sm" c="dimmed">{[t(`device.categories.${line.category}`), line.serial ?? line.imei, line.condition].filter(Boolean).join(' · ')}</Text>
              </Table.Td>
              <Table.Td ta="right"><Quantity value={line.quantity} /></Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <ActionIcon variant="subtle" size="lg" aria-label={t('new.lines.change', { line: named(line) })} onClick={() => setChanged(line)}><Pencil size={17} aria-hidden /></ActionIcon>
                  <ActionIcon variant="subtle" size="lg" aria-label={t('new.lines.remove', { line: named(line) })} onClick={() => void remove(line)}><Trash2 size={17} aria-hidden /></ActionIcon>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {list.hasMore && <Button variant="default" mt="sm" loading={pages.isFetchingNextPage} onClick={list.more}>{t('lots.more')}</Button>}
      <Modal opened={changed !== null} onClose={() => setChanged(null)} title={t('new.lines.changeTitle')} size="lg" closeButtonProps={{ 'aria-label': t('new.line.cancel') }}>
        {changed && <LineForm initial={valuesOf(changed)} label={t('new.line.save')} send={write} cancel={() => setChanged(null)} />}
      </Modal>
    </>
  );
}
