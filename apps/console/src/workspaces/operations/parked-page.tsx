import { Stack } from '@mantine/core';
import { PackageCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { OperationsPage } from './operations-page.js';
import { outcome, OutcomeNotice } from './outcome.js';
import { ParkedGroupCard } from './parked-group-card.js';
import { useEach } from './platform.js';
import { readOnly } from './read-only.js';
import { redriveAll } from './redrive.js';
import { useRefresh } from './use-refresh.js';

const EVERY_MS = 5_000;

/** What could not be applied, and why. */
export function ParkedPage() {
  const { t } = useTranslation('operations');
  const locked = useStore(readOnly);
  const refresh = useRefresh();
  const groups = useEach('/parked/groups', EVERY_MS);
  const events = useEach('/parked', EVERY_MS);
  useEffect(() => () => outcome.set(null), []);
  const shown = groups.all.flatMap(({ service, data = [] }) => data.map((group) => ({ service, group })));
  const count = shown.reduce((sum, { group }) => sum + group.events, 0);
  const held = shown.reduce((sum, { group }) => sum + group.held, 0);
  const services = [...new Set(shown.map(({ service }) => service))];
  return (
    <OperationsPage title={t('nav.parked')} {...(count > 0 && { lead: `${t('parked.count', { count })} ${t('parked.held', { count: held })}` })} services={groups.failed === null ? groups.all : []}>
      <Stack gap="md">
        <OutcomeNotice />
        {groups.pending && <LoadingRows rows={4} height={80} />}
        {groups.failed !== null && <ErrorState error={groups.failed} retry={groups.retry} />}
        {!groups.pending && groups.failed === null && count === 0 && <EmptyState icon={PackageCheck} title={t('parked.none')} text={t('parked.noneHow')} />}
        {count > 0 && (
          <div>
            <ConfirmAction
              label={t('parked.redriveAll', { count })}
              question={t('parked.redriveQuestion', { count })}
              consequence={t('parked.redriveConsequence')}
              act={async () => { await redriveAll(services); await refresh(); }}
              button={{ disabled: locked }}
            />
          </div>
        )}
        {shown.map(({ service, group }) => (
          <ParkedGroupCard
            key={`${service} ${group.reason} ${group.type} ${group.version}`}
            service={service}
            group={group}
            events={(events.all.find((one) => one.service === service)?.data ?? []).filter((event) => event.reason === group.reason && event.type === (group.type === null ? null : [group.type, group.version].filter((part) => part !== null).join('.')))}
          />
        ))}
      </Stack>
    </OperationsPage>
  );
}
