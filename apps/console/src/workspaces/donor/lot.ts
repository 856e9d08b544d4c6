import type { paths as IntakePaths } from '../../api/generated/intake.js';
import type { paths as TraceabilityPaths } from '../../api/generated/traceability.js';
import { Problem } from '../../api/problem.js';
import type { State } from '../../palette.js';

export type Lot = IntakePaths['/api/intake/lots/{lotId}']['get']['responses'][200]['content']['application/json'];
export type Standing = TraceabilityPaths['/api/traceability/own-lots/{lotId}/progress']['get']['responses'][200]['content']['application/json']['now'];

export const LOT_STATES = ['draft', 'submitted', 'accepted', 'receiving', 'received', 'closed', 'declined', 'cancelled'] as const;
export type LotState = (typeof LOT_STATES)[number];

export const STATE_OF: Readonly<Record<LotState, State>> = {
  draft: 'waiting', submitted: 'waiting', accepted: 'active', receiving: 'active', received: 'active', closed: 'done', declined: 'failed', cancelled: 'left',
};

export const stateOf = ({ state }: Lot): LotState => state as LotState;

/** Devices that came, announced or not. */
export const cameOf = ({ received, unexpected }: Lot): number => received + unexpected;

/** Whether anything of it is, or will be, on its way. */
export const isUnderWay = (lot: Lot): boolean => ['accepted', 'receiving', 'received', 'closed'].includes(lot.state);

/**
 * Where its devices are, as the history tells it; what that has not heard of yet, as intake does. The sum is what has come.
 */
export function standingOf(lot: Lot, told: Standing | undefined): Standing {
  const { delivered = 0, recycled = 0, 'returned-to-donor': returned = 0, lost = 0 } = lot.outcomes;
  const ended = { delivered, recycled, other: returned + lost };
  if (!told) return { received: cameOf(lot) - delivered - recycled - ended.other, erased: 0, ready: 0, ...ended };
  const known = told.received + told.erased + told.ready + told.delivered + told.recycled + told.other;
  return { ...told, received: told.received + Math.max(0, cameOf(lot) - known) };
}

/** Nothing is there, or nothing for this person: both look alike. */
export const isMissing = (error: unknown): boolean => error instanceof Problem && (error.status === 404 || error.status === 400);
