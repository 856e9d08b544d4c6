import { Skeleton, Stack, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Ban, CloudOff, ScanLine as ScanPicture } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../../api/problem.js';
import { useStore } from '../../api/store.js';
import { scanLog } from '../../offline/scan-log.js';
import { scan } from '../../offline/scan-queue.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { useErrorText } from '../../parts/use-error-text.js';
import { KeptList } from './scanning/kept-list.js';
import { MuteSwitch } from './scanning/mute-switch.js';
import { ScanField } from './scanning/scan-field.js';
import { ScanLines, undoLine } from './scanning/scan-lines.js';
import { ScanSaid } from './scanning/scan-said.js';
import { SiteTasks } from './scanning/site-tasks.js';
import { asksMore, canUndo, type Choice, fieldsFor, nextOf, stepOf } from './scanning/steps.js';
import { useChecklists } from './scanning/use-checklists.js';
import { useKeptFields } from './scanning/use-kept-fields.js';
import { useScanTones } from './scanning/use-scan-tones.js';
import { DeviceCard } from './station/device-card.js';
import { DeviceSteps } from './station/device-steps.js';
import { useDevice } from './station/use-device.js';

/** Opened for some steps only. */
const StepWindow = lazy(() => import('./station/step-window.js').then((module) => ({ default: module.StepWindow })));
const MOST_LINES = 30;

/** What is this, and what do I do next? */
export function StationPage() {
  const { t } = useTranslation('warehouse');
  const errorText = useErrorText();
  const [onTable, look] = useDevice();
  const [asking, setAsking] = useState<Choice | null>(null);
  const [kept, keepFields] = useKeptFields();
  const checklists = useChecklists();
  const lines = useStore(scanLog);
  useScanTones();
  const sheet = onTable?.sheet ?? null;
  const newest = sheet ? lines.find(({ label, state }) => label === sheet.label && state !== 'seen') : undefined;
  // What was answered before it was scanned again is no news.
  const line = newest && (newest.state === 'waiting' || newest.at >= (onTable?.at ?? '')) ? newest : undefined;

  const begin = (choice: Choice) => {
    if (!sheet || line?.state === 'waiting') return;
    const step = asksMore(choice, sheet.category) ? null : stepOf(choice, fieldsFor(sheet, kept.fields), checklists);
    if (step) void scan([sheet.label], step);
    else setAsking(choice);
  };
  const confirm = () => {
    const next = sheet && nextOf(sheet);
    if (next) begin(next);
  };
  useHotkeys([['F2', () => newest?.state === 'done' && newest.device && canUndo(newest.step, newest.device) && undoLine(newest)]], []);
  const unreachable = onTable?.error instanceof Unreachable;

  return (
    <Page title={t('nav.station')} lead={t('station.lead')} actions={<MuteSwitch />}>
      <ScanSaid lines={lines} />
      <Stack gap="lg">
        <ScanField label={t('station.field')} hint={t('station.hint')} onScan={(text) => (setAsking(null), void look(text))} onConfirm={confirm} />
        <KeptList />
        {onTable === null && <EmptyState icon={ScanPicture} title={t('station.empty')} text={t('station.emptyHow')} />}
        {onTable?.loading && !sheet && <Skeleton height={260} radius="lg" />}
        {onTable?.error instanceof Problem && (
          <Notice state="failed" icon={Ban} title={t('station.unknown', { text: onTable.text })} aloud>
            <div>{errorText(onTable.error)}</div>
            <div>{onTable.error.status === 404 ? t('station.unknownHow') : t('station.refusedHow')}</div>
          </Notice>
        )}
        {unreachable && <Notice state="waiting" icon={CloudOff} title={t(sheet ? 'station.offlineKnown' : 'station.offline', { text: onTable.text })} aloud>{t('station.offlineHow')}</Notice>}
        {sheet && !(onTable?.error instanceof Problem) && (
          <DeviceCard sheet={sheet}><DeviceSteps sheet={sheet} line={line} onStep={begin} /></DeviceCard>
        )}
        {lines.length > 0 && (
          <section>
            <Title order={2} mb="sm">{t('station.recent')}</Title>
            <ScanLines label={t('station.recent')} lines={lines.slice(0, MOST_LINES)} />
          </section>
        )}
        <SiteTasks onLook={(label) => void look(label)} />
      </Stack>
      {asking && sheet && (
        <Suspense>
          <StepWindow
            choice={asking} label={sheet.label} fields={fieldsFor(sheet, kept.fields)} onClose={() => setAsking(null)} onScan={(text) => (setAsking(null), void look(text))}
            onDone={(step, fields) => {
              keepFields({ ...kept, fields });
              setAsking(null);
              void scan([sheet.label], step);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}
