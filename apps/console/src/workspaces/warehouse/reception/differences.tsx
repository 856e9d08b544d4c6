import { Stack, Text } from '@mantine/core';
import { PackageCheck, PackageX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Notice } from '../../../parts/notice.js';
import { type Lot, missingOf, modelOf, REFUSALS } from './dock.js';
import classes from './reception.module.css';

const MOST_SHOWN = 100;

interface DifferencesProps {
  readonly lot: Lot;
  /** Announced, and not ticked. */
  readonly packages: readonly string[];
}

/** What is not as announced: what has not come, what nobody announced, what was refused. */
export function Differences({ lot, packages }: DifferencesProps) {
  const { t } = useTranslation('warehouse');
  const path = { lotId: lot.id };
  const lines = intake.useQuery('get', '/api/intake/lots/{lotId}/lines', { params: { path, query: { open: 'true', limit: MOST_SHOWN } } });
  const devices = intake.useQuery('get', '/api/intake/lots/{lotId}/devices', { params: { path, query: { unexpected: 'true', limit: MOST_SHOWN } } });
  const refusals = intake.useQuery('get', '/api/intake/lots/{lotId}/dock-refusals', { params: { path, query: { limit: MOST_SHOWN } } });
  const failed = [lines, devices, refusals].find(({ error }) => error);
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (!lines.data || !devices.data || !refusals.data) return <LoadingRows rows={4} shape={[50]} />;
  const missing = missingOf(lot);
  const none = missing === 0 && lot.unexpected === 0 && refusals.data.items.length === 0 && packages.length === 0;
  if (none) return <Notice state="done" icon={PackageCheck} title={t('reception.noDifference')} />;
  const named = (one: { readonly serial?: string | null | undefined; readonly imei?: string | null | undefined; readonly maker?: string | null | undefined; readonly model?: string | null | undefined }, kind: string) => [modelOf(one) || kind, one.serial ?? one.imei].filter((part) => part).join(' · ');
  return (
    <Stack gap="sm">
      {missing > 0 && (
        <Difference title={t('reception.differences.missing', { count: missing })} more={lines.data.next !== null}>
          {lines.data.items.map((line) => <li key={line.id}>{t('reception.differences.line', { number: line.quantity - line.declined - line.received - line.refused, what: named(line, t(`station.kinds.${line.category}`)) })}</li>)}
        </Difference>
      )}
      {lot.unexpected > 0 && (
        <Difference title={t('reception.differences.unexpected', { count: lot.unexpected })} more={devices.data.next !== null}>
          {devices.data.items.map((device) => <li key={device.id}>{device.label} · {named(device, t(`station.kinds.${device.category}`))}</li>)}
        </Difference>
      )}
      {refusals.data.items.length > 0 && (
        <Difference title={t('reception.differences.refused', { count: refusals.data.items.length })} more={refusals.data.next !== null}>
          {refusals.data.items.map((one) => <li key={one.id}>{named(one, t(`station.kinds.${one.category}`))} · {t(`reception.refusals.${REFUSALS.find((reason) => reason === one.reason) ?? 'other'}`)}</li>)}
        </Difference>
      )}
      {packages.length > 0 && <Difference title={t('reception.differences.packages', { count: packages.length })} more={false}>{packages.map((name) => <li key={name}>{name}</li>)}</Difference>}
    </Stack>
  );
}

function Difference({ title, more, children }: { readonly title: string; readonly more: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('warehouse');
  return (
    <Notice state="waiting" icon={PackageX} title={title}>
      <ul className={classes.differences}>{children}</ul>
      {more && <Text size="sm">{t('reception.differences.more')}</Text>}
    </Notice>
  );
}
