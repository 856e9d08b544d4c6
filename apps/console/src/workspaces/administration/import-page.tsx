import { Button, FileInput, Group, Stack, Table, Text } from '@mantine/core';
import { Download, FileSpreadsheet, ListChecks, ListX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { FormBody } from './form/form-body.js';
import { useForm } from './form/use-form.js';
import { type RefusedRow, useRefusal } from './organisations/refusal.js';
import { refresh } from './refresh.js';
import { Section } from './section.js';

interface Report {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

const COLUMNS = ['reference', 'name', 'street', 'postalCode', 'city', 'peopleServed', 'kind', 'siren', 'quotaPerQuarter'] as const;
const REQUIRED = 6;

/** Many structures at once, from a list that somebody keeps elsewhere. */
export function ImportPage() {
  const { t } = useTranslation('administration');
  const [report, setReport] = useState<Report | null>(null);
  const form = useForm<{ file: File | null }>({
    initial: { file: null },
    check: ({ file }) => ({ file: file === null && t('refused.file') }),
    send: async ({ file }) => {
      setReport(null);
      const { data } = await directory.call.POST('/api/directory/organisations/import', { body: file as unknown as string, bodySerializer: (body) => body, headers: { 'content-type': 'text/csv' } });
      setReport(data!);
      await refresh('/api/directory/organisations');
    },
  });
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <Section title={t('import.file')} lead={t('import.fileHow')}>
        <FormBody form={form} submit={t('import.send')}>
          <FileInput
            label={t('import.choose')}
            placeholder={t('import.placeholder')}
            accept=".csv,.txt,text/csv"
            clearable
            clearButtonProps={{ 'aria-label': t('place.clear') }}
            leftSection={<FileSpreadsheet size={17} aria-hidden />}
            {...form.pick('file')}
          />
          <Text size="sm" c="dimmed">{t('import.columns', { required: COLUMNS.slice(0, REQUIRED).map((one) => t(`columns.${one}`)).join(', '), others: COLUMNS.slice(REQUIRED).map((one) => t(`columns.${one}`)).join(', ') })}</Text>
        </FormBody>
      </Section>
      {report && <ImportReport report={report} />}
    </Page>
  );
}

function ImportReport({ report: { created, updated, unchanged, refused } }: { readonly report: Report }) {
  const { t } = useTranslation('administration');
  const { reasonOf, columnOf, csvOf } = useRefusal();
  const rows = new Set(refused.map(({ line }) => line)).size;
  return (
    <Stack gap="lg">
      <Notice state="done" icon={ListChecks} title={t('import.taken', { count: created + updated + unchanged })} aloud>
        <div>{t('import.sums', { created, updated, unchanged })}</div>
      </Notice>
      {rows > 0 && (
        <Section
          title={t('import.refused', { count: rows })}
          lead={t('import.refusedHow')}
          actions={<Button component="a" variant="default" leftSection={<Download size={17} aria-hidden />} href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(refused))}`} download={t('import.fileName')}>{t('import.download')}</Button>}
        >
          <Group gap="xs" mb="sm" c="var(--lc-failed-ink)"><ListX size={17} aria-hidden /><Text size="sm">{t('import.notTaken')}</Text></Group>
          <Table.ScrollContainer minWidth={480} type="native" role="group" tabIndex={0} aria-label={t('import.refused', { count: rows })}>
            <Table>
              <Table.Thead><Table.Tr><Table.Th>{t('import.line')}</Table.Th><Table.Th>{t('import.column')}</Table.Th><Table.Th>{t('import.value')}</Table.Th><Table.Th>{t('import.why')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {refused.map((row) => (
                  <Table.Tr key={`${row.line} ${row.column}`}><Table.Td>{row.line}</Table.Td><Table.Td>{columnOf(row)}</Table.Td><Table.Td>{row.value === '' ? t('import.empty') : row.value}</Table.Td><Table.Td>{reasonOf(row)}</Table.Td></Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Section>
      )}
    </Stack>
  );
}
