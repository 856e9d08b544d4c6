import type { Category } from '@lacollecte/contracts';
import type { paths } from '../../../api/generated/refurbishment.js';
import { CATEGORIES, type Sheet } from '../scanning/steps.js';

export type Listed = paths['/api/refurbishment/devices']['get']['responses'][200]['content']['application/json']['items'][number];

export const STATES = ['received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested', 'ready', 'recalled', 'delivered', 'recycled', 'returned-to-donor', 'lost'] as const satisfies readonly Sheet['state'][];

/** What the list of devices is narrowed by, in its address. */
export interface DeviceFilter {
  readonly q?: string | undefined;
  readonly state?: Sheet['state'] | undefined;
  readonly category?: Category | undefined;
}

export function filterIn({ q, state, category }: Record<string, unknown>): DeviceFilter {
  const search = typeof q === 'string' || typeof q === 'number' ? String(q).trim() : '';
  return { q: search === '' ? undefined : search, state: STATES.find((one) => one === state), category: CATEGORIES.find((one) => one === category) };
}
