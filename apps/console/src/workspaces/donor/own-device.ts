import { useTranslation } from 'react-i18next';
import type { paths } from '../../api/generated/refurbishment.js';
import type { State } from '../../palette.js';

export type OwnDevice = paths['/api/refurbishment/own-devices/{deviceId}']['get']['responses'][200]['content']['application/json'];

/** Where a device stands, in the words of who gave it. */
export const STANDINGS = {
  asked: 'failed', received: 'waiting', erased: 'active', ready: 'active', delivered: 'done', toRecycle: 'left', recycled: 'left', 'returned-to-donor': 'left', lost: 'left', recalled: 'failed',
} as const satisfies Record<string, State>;
export type DeviceStanding = keyof typeof STANDINGS;

export function standingOfDevice({ state, dataErased, task }: Pick<OwnDevice, 'state' | 'dataErased' | 'task'>): DeviceStanding {
  if (task !== null) return 'asked';
  switch (state) {
    case 'ready': case 'delivered': case 'recycled': case 'returned-to-donor': case 'lost': case 'recalled': return state;
    case 'rejected': case 'harvested': return 'toRecycle';
    default: return dataErased ? 'erased' : 'received';
  }
}

/** Maker and model, else its kind. */
export function useDeviceName(): (device: Pick<OwnDevice, 'maker' | 'model' | 'category'>) => string {
  const { t } = useTranslation('donor');
  return ({ maker, model, category }) => [maker, model].filter(Boolean).join(' ') || t(`device.categories.${category}`);
}
