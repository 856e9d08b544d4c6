import { Button, Stack, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../api/clients.js';
import { Problem } from '../../api/problem.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { PageMissing } from '../../shell/page-missing.js';
import classes from './device/device.module.css';
import { DeviceForms } from './device/device-forms.js';
import { Facts } from './device/facts.js';
import { Journey } from './device/journey.js';
import { LOOKS } from './device/looks.js';
import { UndoStep } from './device/undo-step.js';

const REFRESH_MS = 15_000;

/** What is this device, where does it stand, and what is done with it next? */
export function DevicePage() {
  const { t } = useTranslation('warehouse');
  const { deviceId } = useParams({ from: '/warehouse/devices/$deviceId' });
  const { data: sheet, error, refetch } = refurbishment.useQuery('get', '/api/refurbishment/devices/{identifier}', { params: { path: { identifier: deviceId } } }, { refetchInterval: REFRESH_MS });
  if (!sheet && error instanceof Problem && (error.status === 404 || error.status === 400)) return <PageMissing />;
  if (!sheet) return <Page title={t('device.title')}>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows rows={6} shape={[30, 45]} />}</Page>;
  const model = [sheet.maker, sheet.model].filter((part) => part !== null).join(' ');
  const kind = t(`station.kinds.${sheet.category}`);
  return (
    <Page
      title={sheet.label}
      lead={model === '' ? kind : t('station.kindAndModel', { kind, model })}
      actions={(
        <>
          <StateChip state={LOOKS[sheet.state]} label={t(`station.states.${sheet.state}`)} />
          {sheet.grade !== null && <StateChip state="done" label={t('station.grade', { grade: sheet.grade })} />}
          <Button variant="default" size="sm" leftSection={<Printer size={16} aria-hidden />} renderRoot={(props) => <Link to="/warehouse/labels" search={{ of: sheet.label }} {...props} />}>{t('device.label')}</Button>
        </>
      )}
    >
      <Stack gap="xl">
        <Facts sheet={sheet} />
        <div className={classes.sides}>
          <Stack gap="md"><DeviceForms key={sheet.id} sheet={sheet} /><UndoStep sheet={sheet} /></Stack>
          <section aria-labelledby="journey">
            <Title order={2} id="journey" mb="md">{t('device.journey')}</Title>
            <Journey deviceId={sheet.id} />
          </section>
        </div>
      </Stack>
    </Page>
  );
}
