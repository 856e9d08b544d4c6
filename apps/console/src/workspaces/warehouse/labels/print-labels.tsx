import { Button, Group, Radio, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { FileDown, Tag } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../parts/empty-state.js';
import { ErrorState } from '../../../parts/error-state.js';
import { type FormatName, FORMATS } from './label-format.js';

/** The codes are drawn by a library that no other page needs. */
const Preview = lazy(() => import('./preview.js').then(({ Preview: part }) => ({ default: part })));
const NAMES = Object.keys(FORMATS) as FormatName[];
const KEPT_MS = 60_000;

/** The chosen labels as they will be printed, and the file to print. */
export function PrintLabels({ labels }: { readonly labels: readonly string[] }) {
  const { t } = useTranslation('warehouse');
  const [chosen, choose] = useLocalStorage<FormatName>({ key: 'lacollecte.label-format', defaultValue: 'roll', getInitialValueInEffect: false });
  const name = NAMES.find((one) => one === chosen) ?? 'roll';
  const [making, setMaking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setMaking(true);
    setError(null);
    try {
      const { labelsPdf } = await import('./labels-pdf.js');
      const file = await labelsPdf(labels, FORMATS[name], t('labels.fileTitle', { count: labels.length }));
      download(new Blob([file], { type: 'application/pdf' }), `${t('labels.fileName')}-${labels[0] ?? ''}.pdf`);
    } catch (failure) {
      setError(failure);
    }
    setMaking(false);
  };
  if (labels.length === 0) return <EmptyState icon={Tag} title={t('labels.nothing')} text={t('labels.nothingHow')} />;
  return (
    <Stack component="section" gap="md" aria-label={t('labels.print')}>
      <Title order={2}>{t('labels.print')}</Title>
      <Radio.Group label={t('labels.paper')} value={name} onChange={(value) => choose(NAMES.find((one) => one === value) ?? 'roll')}>
        <Group gap="lg" mt={4}>{NAMES.map((one) => <Radio key={one} value={one} label={t(`labels.papers.${one}`)} />)}</Group>
      </Radio.Group>
      <Group gap="sm">
        <Button size="md" leftSection={<FileDown size={18} aria-hidden />} loading={making} onClick={() => void save()}>{t('labels.save', { count: labels.length })}</Button>
        <Text size="sm" c="dimmed">{t('labels.fullSize')}</Text>
      </Group>
      {error !== null && <ErrorState error={error} retry={() => void save()} />}
      <Suspense fallback={<Skeleton height={140} />}><Preview labels={labels} format={FORMATS[name]} /></Suspense>
    </Stack>
  );
}

function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
