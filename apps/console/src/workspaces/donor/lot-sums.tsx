import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import { cameOf, type Lot } from './lot.js';

/** What was announced against what came: how the one becomes the other, line by line. */
export function LotSums({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('donor');
  const rows = [
    { key: 'declared', label: t('lot.sums.declared'), count: lot.declared, always: true },
    { key: 'declined', label: t('lot.sums.declined'), count: -lot.declined },
    { key: 'awaited', label: t('lot.sums.awaited'), count: -lot.awaited },
    { key: 'refused', label: t('lot.sums.refused'), count: -lot.refused },
    { key: 'missing', label: t('lot.sums.missing'), count: -lot.missing },
    { key: 'unexpected', label: t('lot.sums.unexpected'), count: lot.unexpected },
    { key: 'came', label: t('lot.sums.came'), count: cameOf(lot), always: true },
  ].filter(({ count, always }) => always || count !== 0);
  return (
    <Table verticalSpacing={6} withRowBorders={false} aria-label={t('lot.sums.title')}>
      <Table.Tbody>
        {rows.map(({ key, label, count, always }, n) => (
          <Table.Tr key={key} style={{ fontWeight: always ? 620 : undefined, borderTop: n > 0 && always ? '1px solid var(--lc-line)' : undefined }}>
            <Table.Th scope="row" pl={always ? 0 : 'md'} fw="inherit">{label}</Table.Th>
            <Table.Td ta="right" pr={0}>{!always && count > 0 && '+ '}{count < 0 && '− '}<Quantity value={Math.abs(count)} /></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
