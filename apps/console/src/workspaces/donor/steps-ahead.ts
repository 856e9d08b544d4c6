import type { Step } from './device-timeline.js';

const WAY = ['received', 'diagnosed', 'erased', 'tested', 'graded', 'ready', 'delivered'] as const satisfies readonly Step[];
/** What has ended, or will not go on along the way. */
const NOTHING: readonly string[] = ['delivered', 'recycled', 'returned-to-donor', 'lost', 'recalled'];

/** What a device in this state has before it: the rest of the way, or recycling where it was rejected. */
export function stepsAhead(state: string, passed: readonly Step[]): readonly Step[] {
  if (NOTHING.includes(state)) return [];
  if (state === 'rejected' || state === 'harvested') return ['recycled'];
  return WAY.filter((step) => !passed.includes(step));
}
