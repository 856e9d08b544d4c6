import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Manifest } from './upload.js';

/** What the first ten rows become, in the columns that are kept. */
export function SampleTable({ manifest: { columns, sample } }: { readonly manifest: Manifest }) {
  const { t } = useTranslation('donor');
  const kept = columns.flatMap(({ field }) => field ?? []);
  const shown: Field[] = [...new Set<Field>(['category', ...kept, 'quantity'])];
  return (
    <div>
      <Text fw={600} mb="xs">{t('new.preview.sample', { count: sample.length })}</Text>
      <Table.ScrollContainer minWidth={shown.length * 120} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('new.preview.sample', { count: sample.length }) } }}>
        <Table verticalSpacing={6} striped>
          <Table.Thead><Table.Tr>{shown.map((field) => <Table.Th key={field}>{t(`new.fields.${field}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {sample.map((row) => (
              <Table.Tr key={row.line}>
                {shown.map((field) => <Table.Td key={field}>{field === 'category' ? t(`device.categories.${row.category}`) : row[field]}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
