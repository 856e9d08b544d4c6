import { useTranslation } from 'react-i18next';
import { traceability } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Timeline } from '../../../parts/timeline.js';
import type { State } from '../../../palette.js';

const REFRESH_MS = 15_000;
const LOOKS: Readonly<Record<string, State>> = {
  'refurbishment.device-blocked': 'waiting', 'refurbishment.repair-started': 'active', 'refurbishment.device-rejected': 'failed', 'refurbishment.device-recalled': 'failed', 'refurbishment.device-lost': 'failed',
  'refurbishment.device-recycled': 'left', 'refurbishment.device-harvested': 'left', 'refurbishment.device-returned-to-donor': 'left', 'inventory.item-written-off': 'left', 'inventory.item-quarantined': 'waiting',
};

/** What happened to the device through all services, the newest first; what this page has no words for keeps its name. */
export function Journey({ deviceId }: { readonly deviceId: string }) {
  const { t, i18n } = useTranslation('warehouse');
  const { data, error, refetch } = traceability.useQuery('get', '/api/traceability/devices/{deviceId}/timeline', { params: { path: { deviceId } } }, { refetchInterval: REFRESH_MS });
  const say = (name: string) => {
    const [service, event] = name.split('.') as [string, string];
    return i18n.exists(`warehouse:device.events.${service}.${event}`) ? t(`device.events.${service}.${event}` as 'device.events.intake.device-received') : event;
  };
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={5} shape={[45, 20]} />;
  return <Timeline label={t('device.journey')} steps={data.steps.toReversed().map(({ eventId, name, at }) => ({ key: eventId, title: say(name), at, state: LOOKS[name] ?? 'done' }))} />;
}
