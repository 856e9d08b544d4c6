import { DomainError } from '@lacollecte/contracts';

export type LotState = 'draft' | 'submitted' | 'accepted' | 'receiving' | 'received' | 'closed' | 'declined' | 'cancelled';

/** Legal next states; `''` has those it may begin with. */
export const LOT_TRANSITIONS: Readonly<Record<string, readonly LotState[]>> = {
  '': ['draft'],
  draft: ['submitted', 'cancelled'],
  submitted: ['accepted', 'declined', 'cancelled'],
  accepted: ['receiving', 'cancelled'],
  receiving: ['received'],
  received: ['closed'],
  // A device that comes back holds its lot open again.
  closed: ['received'],
  declined: [],
  cancelled: [],
};

export interface Lot {
  readonly id: string;
  readonly version: number;
  readonly state: LotState;
  readonly donorId: string;
  readonly siteId: string | null;
}

/** Sums of a lot in devices; accessories are not in them. */
export interface LotSums {
  readonly declared: number;
  readonly declined: number;
  readonly received: number;
  readonly refused: number;
  readonly missing: number;
  /** declared − declined − received − refused − missing. */
  readonly awaited: number;
  readonly unexpected: number;
}

/** The same lot in its next state and version. Throws `lot-state` where the step does not fit. */
export function advance<L extends Lot>(lot: L, to: LotState): L {
  if (!LOT_TRANSITIONS[lot.state]?.includes(to)) throw new DomainError('lot-state', { state: lot.state, wanted: to });
  return { ...lot, state: to, version: lot.version + 1 };
}

/** Throws `lot-state` where the lot is in none of these states. */
export function requireState(lot: Lot, ...states: readonly LotState[]): void {
  if (!states.includes(lot.state)) throw new DomainError('lot-state', { state: lot.state, wanted: states.join(', ') });
}

/** REEN law, article 16: equipment of a public body older than this is recycled. */
const RECYCLING_AGE_YEARS = 10;

/** Whether a device goes to recycling for its age; null where its year is not known and the donor is a public body. */
export function recycleForAge(donorIsPublic: boolean, manufacturedYear: number | null, now: Date): boolean | null {
  if (!donorIsPublic) return false;
  if (manufacturedYear === null) return null;
  return now.getUTCFullYear() - manufacturedYear > RECYCLING_AGE_YEARS;
}

/** What a coordinator decides of one line. */
export interface LineDecision {
  readonly lineId: string;
  readonly accepted: number;
  readonly reason: string | null;
}

/** The part of the line's quantity that is declined. Throws where more is accepted than declared, or a refusal has no reason. */
export function declinedOf(line: { id: string; quantity: number }, decision: LineDecision | undefined): { declined: number; reason: string | null } {
  if (!decision) return { declined: 0, reason: null };
  if (decision.accepted > line.quantity) throw new DomainError('accepted-too-many', { accepted: decision.accepted, quantity: line.quantity });
  const declined = line.quantity - decision.accepted;
  if (declined > 0 && !decision.reason) throw new DomainError('decline-reason-missing', { line: line.id });
  return { declined, reason: declined > 0 ? decision.reason : null };
}
