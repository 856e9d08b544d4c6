import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface PasteManyProps {
  readonly disabled: boolean;
  readonly onPaste: (labels: readonly string[]) => void;
}

/** Labels from a list, a line each. */
export function PasteMany({ disabled, onPaste }: PasteManyProps) {
  const { t } = useTranslation('warehouse');
  const [opened, { open, close }] = useDisclosure(false);
  const [text, setText] = useState('');
  const labels = [...new Set(text.split(/[\n;,\t]+/).map((label) => label.trim()).filter((label) => label !== ''))];
  const take = () => {
    onPaste(labels);
    setText('');
    close();
  };
  return (
    <>
      <Button variant="default" size="md" disabled={disabled} leftSection={<ClipboardPaste size={18} aria-hidden />} onClick={open}>{t('series.paste')}</Button>
      <Modal opened={opened} onClose={close} title={t('series.paste')} size="lg" centered closeButtonProps={{ 'aria-label': t('station.cancel') }}>
        <Textarea data-autofocus label={t('series.pasteField')} description={t('series.pasteHow')} rows={12} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Group justify="space-between" mt="md">
          <Text c="dimmed">{t('series.pasted', { count: labels.length })}</Text>
          <Button size="md" disabled={labels.length === 0} onClick={take}>{t('series.pasteDo', { count: labels.length })}</Button>
        </Group>
      </Modal>
    </>
  );
}
