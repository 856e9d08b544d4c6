import type { State } from '../../../palette.js';
import type { Sheet } from '../scanning/steps.js';

/** Where a device stands, as a colour. */
export const LOOKS: Readonly<Record<Sheet['state'], State>> = {
  received: 'waiting', 'in-workshop': 'active', repairing: 'active', blocked: 'waiting', rejected: 'failed', harvested: 'left', ready: 'done', recalled: 'failed', delivered: 'done', recycled: 'left',
  'returned-to-donor': 'left', lost: 'failed',
};
