import '@mantine/dropzone/styles.css';
import { Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Where a file is dropped or chosen. What it holds is for the service to say: names and types of spreadsheets say little. */
export function DropField({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation('donor');
  return (
    <Dropzone multiple={false} onDrop={([file]) => file && onFile(file)} inputProps={{ 'aria-label': t('new.file.choose') }} aria-label={t('new.file.drop')}>
      <Group justify="center" gap="md" mih={110} wrap="nowrap" style={{ pointerEvents: 'none' }}>
        <FileSpreadsheet size={32} aria-hidden />
        <div>
          <Text fw={600}>{t('new.file.drop')}</Text>
          <Text size="sm" c="dimmed">{t('new.file.dropHow')}</Text>
        </div>
      </Group>
    </Dropzone>
  );
}
