import { Divider, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { LineForm } from './line-form.js';
import type { TypedLine } from './line-values.js';
import { LinesTable } from './lines-table.js';
import { ManifestPart } from './manifest-part.js';
import { type Draft, ifMatch } from './use-draft.js';
import type { OfManifest } from './use-manifest.js';

/** What is given: a list, lines that are typed, or both. */
export function EquipmentStep({ draft, manifest }: { readonly draft: Draft; readonly manifest: OfManifest }) {
  const { t } = useTranslation('donor');
  const { lotId } = draft;
  const add = async (line: TypedLine) => {
    const send = (version: number) => intake.call.POST('/api/intake/lots/{lotId}/lines', { params: { path: { lotId }, header: ifMatch(version) }, body: { lines: [line] } });
    await draft.change(send);
    await draft.linesChanged();
  };
  return (
    <Stack gap="lg">
      <ManifestPart draft={draft} of={manifest} />
      <Divider label={t('new.line.or')} />
      <section aria-labelledby="typed">
        <Title order={3} id="typed" mb="xs">{t('new.line.title')}</Title>
        <LineForm label={t('new.line.add')} send={add} />
      </section>
      <section aria-labelledby="lines">
        <Title order={3} id="lines" mb="xs">{t('new.lines.count', { count: draft.lot?.declared ?? 0 })}</Title>
        <LinesTable draft={draft} />
      </section>
    </Stack>
  );
}
