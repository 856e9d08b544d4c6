import { DomainError, type matching } from '@lacollecte/contracts';
import type { Line } from './line.js';

export type NeedState = (typeof matching.NEED_STATES)[number];

export const PUBLICS = ['families', 'students', 'school-dropouts', 'great-precarity', 'job-seekers', 'seniors', 'other'] as const;
export type Public = (typeof PUBLICS)[number];

export interface Need {
  readonly id: string;
  readonly version: number;
  readonly state: NeedState;
  readonly structureId: string;
}

export const NEED_TRANSITIONS: Readonly<Record<NeedState, readonly NeedState[]>> = {
  submitted: ['approved', 'declined', 'cancelled', 'expired'],
  approved: ['partly-allocated', 'allocated', 'fulfilled', 'cancelled', 'expired'],
  'partly-allocated': ['approved', 'allocated', 'fulfilled', 'cancelled', 'expired'],
  allocated: ['approved', 'partly-allocated', 'fulfilled', 'cancelled'],
  fulfilled: ['partly-allocated', 'allocated'],
  cancelled: [],
  expired: [],
  declined: [],
};

const CLOSED: ReadonlySet<NeedState> = new Set<NeedState>(['cancelled', 'expired', 'declined']);
const RUNNING: ReadonlySet<NeedState> = new Set<NeedState>(['approved', 'partly-allocated', 'allocated', 'fulfilled']);

/** What is given back to a closed need is not asked for again. */
export function isClosed(state: NeedState): boolean {
  return CLOSED.has(state);
}

/** Throws `need-not-open` unless `to` may follow. */
export function requireTransition(need: Need, to: NeedState): void {
  if (!NEED_TRANSITIONS[need.state].includes(to)) throw new DomainError('need-not-open', { state: need.state });
}

/** The state that the lines tell, once a need is approved. */
export function stateFrom(state: NeedState, lines: readonly Line[]): NeedState {
  if (!RUNNING.has(state)) return state;
  const sum = (part: (line: Line) => number) => lines.reduce((total, line) => total + part(line), 0);
  const open = sum((line) => line.open);
  const underWay = sum((line) => line.allocated + line.shipped);
  const delivered = sum((line) => line.delivered);
  if (open === 0 && underWay === 0 && delivered > 0) return 'fulfilled';
  if (open === 0) return 'allocated';
  return underWay + delivered > 0 ? 'partly-allocated' : 'approved';
}
