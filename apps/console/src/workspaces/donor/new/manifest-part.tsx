import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { FileSpreadsheet, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { Notice } from '../../../parts/notice.js';
import { FileUpload } from './file-upload.js';
import { MappingTable } from './mapping-table.js';
import { ProgressLine } from './progress-line.js';
import { RefusalsTable } from './refusals-table.js';
import { SampleTable } from './sample-table.js';
import type { Manifest } from './upload.js';
import { type Draft, ifMatch } from './use-draft.js';
import { isAtWork, isPending, type OfManifest } from './use-manifest.js';

interface ManifestPartProps {
  readonly draft: Draft;
  readonly of: OfManifest;
}

/** A list of equipment: sent, read, looked at, confirmed. */
export function ManifestPart({ draft, of: { manifest, error, refresh } }: ManifestPartProps) {
  const { t, i18n } = useTranslation('donor');
  const language = i18n.language === 'en' ? 'en' : 'fr';
  if (error !== null) return <ErrorState error={error} retry={() => void refresh()} />;
  return (
    <Stack gap="md">
      {manifest?.state === 'failed' && (
        <Notice state="failed" icon={TriangleAlert} title={t('new.file.unread', { name: manifest.filename })} aloud>
          <div>{manifest.problem?.text[language]}</div>
        </Notice>
      )}
      {manifest && isAtWork(manifest) && <AtWork manifest={manifest} />}
      {manifest?.state === 'previewed' && <Preview key={manifest.version} manifest={manifest} refresh={refresh} />}
      {manifest?.state === 'imported' && (
        <Notice state="done" icon={FileSpreadsheet} title={t('new.file.imported', { count: manifest.devices, name: manifest.filename })}>
          {manifest.refused > 0 && <div>{t('new.file.importedRest', { count: manifest.refused })}</div>}
        </Notice>
      )}
      {manifest && ['previewed', 'imported'].includes(manifest.state) && manifest.refused > 0 && <RefusalsTable key={`${manifest.id} ${manifest.rows}`} manifest={manifest} draft={draft} />}
      {!(manifest && isPending(manifest)) && <FileUpload lotId={draft.lotId} onSent={refresh} />}
    </Stack>
  );
}

function AtWork({ manifest }: { readonly manifest: Manifest }) {
  const { t } = useTranslation('donor');
  const label = manifest.state === 'confirmed' ? t('new.file.importing', { count: manifest.devices }) : t('new.file.reading', { count: manifest.read, name: manifest.filename });
  return <ProgressLine label={label} share={manifest.progress ?? 0} moving />;
}

function Preview({ manifest, refresh }: { readonly manifest: Manifest; readonly refresh: () => Promise<unknown> }) {
  const { t } = useTranslation('donor');
  const [error, setError] = useState<unknown>(null);
  const [doing, setDoing] = useState(false);
  const params = { path: { manifestId: manifest.id }, header: ifMatch(manifest.version) };
  const act = async (ask: () => Promise<unknown>) => {
    setDoing(true);
    setError(null);
    await ask().catch(setError);
    await refresh();
    setDoing(false);
  };
  return (
    <Stack gap="md" component="section" aria-labelledby="preview">
      <div>
        <Title order={3} id="preview">{t('new.preview.title', { name: manifest.filename })}</Title>
        <Text>
          {t('new.preview.accepted', { count: manifest.accepted })} {t('new.preview.devices', { count: manifest.devices })}{' '}
          {manifest.refused > 0 && t('new.preview.refused', { count: manifest.refused })}
        </Text>
      </div>
      <MappingTable manifest={manifest} disabled={doing} onChange={(body) => void act(() => intake.call.PUT('/api/intake/manifests/{manifestId}/mapping', { params, body }))} />
      {manifest.sample.length > 0 && <SampleTable manifest={manifest} />}
      {error !== null && <ErrorState error={error} />}
      <Group gap="sm">
        <Button disabled={manifest.accepted === 0} loading={doing} onClick={() => void act(() => intake.call.POST('/api/intake/manifests/{manifestId}/confirmation', { params, body: { submit: false } }))}>
          {t('new.preview.confirm', { count: manifest.devices })}
        </Button>
        <Button variant="default" disabled={doing} onClick={() => void act(() => intake.call.POST('/api/intake/manifests/{manifestId}/discard', { params }))}>{t('new.preview.discard')}</Button>
      </Group>
    </Stack>
  );
}
