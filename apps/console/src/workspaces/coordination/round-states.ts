import type { components } from '../../api/generated/matching.js';
import type { State } from '../../palette.js';

export type Round = components['schemas']['Rounds.get'];

export const ROUND_STATES: Record<Round['state'], State> = { requested: 'active', solved: 'done', failed: 'failed' };
