import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake, paged } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { useList } from '../../../parts/table/list.js';
import { LineForm } from './line-form.js';
import { type TypedLine, valuesOf } from './line-values.js';
import type { Manifest, Refusal } from './upload.js';
import { type Draft, ifMatch } from './use-draft.js';

interface RefusalsTableProps {
  readonly manifest: Manifest;
  readonly draft: Draft;
}

/** Rows that could not be taken, each with the reason; corrected here, or in the file that one downloads. */
export function RefusalsTable({ manifest, draft }: RefusalsTableProps) {
  const { t, i18n } = useTranslation('donor');
  const language = i18n.language === 'en' ? 'en' : 'fr';
  const path = { manifestId: manifest.id };
  const pages = intake.useInfiniteQuery('get', '/api/intake/manifests/{manifestId}/refusals', { params: { path, query: { limit: 50 } } }, paged);
  const list = useList<Refusal>(pages);
  const [opened, setOpened] = useState<number | null>(null);
  const { corrected, mark } = useCorrected(manifest.id);
  const add = async (row: Refusal, line: TypedLine) => {
    const send = (version: number) => intake.call.POST('/api/intake/lots/{lotId}/lines', { params: { path: { lotId: draft.lotId }, header: ifMatch(version) }, body: { lines: [line] } });
    await draft.change(send);
    await draft.linesChanged();
    mark(row.line);
    setOpened(null);
  };
  const fieldOf = ({ column }: Refusal) => manifest.columns.find(({ header }) => header === column)?.field;
  return (
    <section aria-labelledby="refusals">
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={3} id="refusals">{t('new.refusals.title', { count: manifest.refused })}</Title>
        <Anchor href={`/api/intake/manifests/${manifest.id}/refusals/download`} download><Download size={16} aria-hidden /> {t('new.refusals.download')}</Anchor>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">{t(manifest.state === 'imported' ? 'new.refusals.how' : 'new.refusals.later')}</Text>
      {list.pending && <LoadingRows rows={3} />}
      {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
      <Stack gap="xs" role="list">
        {list.rows.map((row) => {
          const field = fieldOf(row);
          const reason = row.reason[language];
          return (
            <Paper key={row.line} role="listitem" withBorder p="sm" bg="var(--lc-raised)">
              <Group justify="space-between" gap="sm">
                <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                  <Text component="span" fw={600}>{t('new.refusals.line', { line: row.line })}</Text>{' '}
                  <Text component="span">{row.column === null ? reason : t('new.refusals.cell', { column: row.column, value: row.value, reason })}</Text>
                  <Text size="sm" c="dimmed">{[row.values.maker, row.values.model, row.values.serial].filter(Boolean).join(' · ')}</Text>
                </div>
                {corrected.includes(row.line) && <Text size="sm" style={{ color: 'var(--lc-done-ink)' }}><Check size={14} aria-hidden /> {t('new.refusals.corrected')}</Text>}
                {manifest.state === 'imported' && !corrected.includes(row.line) && opened !== row.line && (
                  <Button size="xs" variant="default" aria-label={t('new.refusals.correctOf', { line: row.line })} onClick={() => setOpened(row.line)}>{t('new.refusals.correct')}</Button>
                )}
              </Group>
              {opened === row.line && (
                <LineForm initial={valuesOf(readable(row))} known={field ? { [field]: reason } : {}} label={t('new.refusals.add')} send={(line) => add(row, line)} cancel={() => setOpened(null)} />
              )}
            </Paper>
          );
        })}
      </Stack>
      {list.hasMore && <Button variant="default" mt="sm" loading={pages.isFetchingNextPage} onClick={list.more}>{t('lots.more')}</Button>}
    </section>
  );
}

/** A category in the donor's words is chosen anew: the form knows ours. */
function readable({ values }: Refusal): Refusal['values'] {
  const { category: _, ...rest } = values;
  return rest;
}

/** Rows that were added as lines, kept in this browser: the service knows the lines, and not whence they came. */
function useCorrected(manifestId: string) {
  const place = `lacollecte.corrected.${manifestId}`;
  const [corrected, setCorrected] = useState<number[]>(() => (localStorage.getItem(place) ?? '').split(' ').filter(Boolean).map(Number));
  const mark = (line: number) => {
    const next = [...corrected, line];
    localStorage.setItem(place, next.join(' '));
    setCorrected(next);
  };
  return { corrected, mark };
}
