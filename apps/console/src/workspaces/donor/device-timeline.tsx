import { useTranslation } from 'react-i18next';
import type { paths } from '../../api/generated/traceability.js';
import type { State } from '../../palette.js';
import { Timeline } from '../../parts/timeline.js';
import { stepsAhead } from './steps-ahead.js';
import { useSayWhere } from './say-where.js';

type Told = paths['/api/traceability/own-devices/{deviceId}/timeline']['get']['responses'][200]['content']['application/json'];
export type Step = Told['steps'][number]['step'];

const STATE_OF: Partial<Record<Step, State>> = { delivered: 'done', recycled: 'left', 'returned-to-donor': 'left', lost: 'left' };

/** A device's way: what happened, and what is to come. */
export function DeviceTimeline({ state, steps, destination }: Pick<Told, 'state' | 'steps' | 'destination'>) {
  const { t } = useTranslation('donor');
  const where = useSayWhere();
  const detail = (step: Step) => {
    if (step === 'delivered') return destination ? undefined : t('device.whereLater');
    return step === 'erased' || step === 'recycled' ? t(`device.details.${step}`) : undefined;
  };
  const title = (step: Step) => (step === 'delivered' && destination ? t('device.deliveredTo', { where: where(destination) }) : t(`device.steps.${step}`));
  const passed = steps.map(({ step, at }) => ({ key: step, title: title(step), at, state: STATE_OF[step] ?? 'done', detail: detail(step) }));
  const ahead = stepsAhead(state, steps.map(({ step }) => step)).map((step) => ({ key: step, title: t(`device.steps.${step}`), state: 'waiting' as const }));
  return <Timeline label={t('device.timeline')} steps={[...passed, ...ahead]} />;
}
