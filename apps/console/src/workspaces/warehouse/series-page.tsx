import { Group, NativeSelect, Paper, Stack } from '@mantine/core';
import { Rows3 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { scanLog } from '../../offline/scan-log.js';
import { scan } from '../../offline/scan-queue.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { KeptList } from './scanning/kept-list.js';
import { MuteSwitch } from './scanning/mute-switch.js';
import { ScanField } from './scanning/scan-field.js';
import { ScanLines } from './scanning/scan-lines.js';
import { ScanSaid } from './scanning/scan-said.js';
import { StepFields } from './scanning/step-fields.js';
import { CHOICES, type Choice, stepOf } from './scanning/steps.js';
import { sound } from './scanning/tones.js';
import { useChecklists } from './scanning/use-checklists.js';
import { useKeptFields } from './scanning/use-kept-fields.js';
import { useScanTones } from './scanning/use-scan-tones.js';
import { Counts } from './series/counts.js';

const PasteMany = lazy(() => import('./series/paste-many.js').then((module) => ({ default: module.PasteMany })));
/** As many as the service takes at once. */
const MOST_AT_ONCE = 200;

/** One step, scan after scan: did each go through? */
export function SeriesPage() {
  const { t } = useTranslation('warehouse');
  const [{ choice, fields }, keepChoice] = useKeptFields();
  const checklists = useChecklists();
  const [since] = useState(() => new Date().toISOString());
  const lines = useStore(scanLog).filter(({ at }) => at >= since);
  const ready = stepOf(choice, fields, checklists) !== null;
  useScanTones();
  const take = async (labels: readonly string[]) => {
    const step = stepOf(choice, fields, checklists);
    if (!step) return sound(false);
    for (let i = 0; i < labels.length; i += MOST_AT_ONCE) await scan(labels.slice(i, i + MOST_AT_ONCE), step);
  };
  return (
    <Page title={t('nav.series')} lead={t('series.lead')} actions={<MuteSwitch />}>
      <ScanSaid lines={lines} />
      <Stack gap="lg">
        <Paper withBorder radius="lg" p="md" bg="var(--lc-raised)">
          <Stack gap="md">
            <NativeSelect
              size="lg" label={t('series.choose')} value={choice} data={CHOICES.map((value) => ({ value, label: t(`series.steps.${value}`) }))}
              onChange={(event) => keepChoice({ choice: event.currentTarget.value as Choice, fields })}
            />
            <StepFields single={false} choice={choice} fields={fields} checklists={checklists} onChange={(next) => keepChoice({ choice, fields: next })} />
          </Stack>
        </Paper>
        <ScanField label={t('series.field', { step: t(`series.steps.${choice}`) })} hint={ready ? t('series.hint') : t('series.notReady')} onScan={(text) => void take([text])} />
        <Group justify="space-between" align="flex-end">
          <Counts lines={lines} />
          <Suspense><PasteMany disabled={!ready} onPaste={(labels) => void take(labels)} /></Suspense>
        </Group>
        {lines.length === 0 ? <EmptyState icon={Rows3} title={t('series.empty')} text={t('series.emptyHow')} /> : <ScanLines label={t('series.lines')} lines={lines} />}
        <KeptList />
      </Stack>
    </Page>
  );
}
