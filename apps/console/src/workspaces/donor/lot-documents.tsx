import { Anchor, Paper, Title } from '@mantine/core';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { language } from '../../i18n/i18n.js';
import { cameOf, type Lot } from './lot.js';

/** What can be taken home: files that a spreadsheet opens. */
export function LotDocuments({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('donor');
  const documents = [
    { key: 'inventory', label: t('lot.documents.inventory'), what: t('lot.documents.inventoryWhat') },
    ...(cameOf(lot) > 0 ? [{ key: 'devices', label: t('lot.documents.devices'), what: t('lot.documents.devicesWhat') }] : []),
  ];
  return (
    <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
      <Title order={2} mb="sm">{t('lot.documents.title')}</Title>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: '0.75rem' }}>
        {documents.map(({ key, label, what }) => (
          <li key={key} style={{ display: 'flex', gap: '0.6rem' }}>
            <Download size={17} aria-hidden style={{ flex: 'none', marginTop: '0.2rem' }} />
            <div>
              <Anchor href={`/api/intake/lots/${lot.id}/${key}/download?language=${language()}`} download>{label}</Anchor>
              <div style={{ fontSize: 'var(--mantine-font-size-sm)', color: 'var(--mantine-color-dimmed)' }}>{what}</div>
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
