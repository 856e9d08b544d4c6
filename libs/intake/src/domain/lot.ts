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

/** What the lines of a lot count, or one line of it. */
export type Counted = Pick<LotSums, 'declared' | 'declined' | 'received' | 'refused'>;

/**
 * The sums of a lot, or of a line, in the lot's state: of a lot that is off all is declined, and once its reception has ended
 * what has not come is missing. Told by the state, so that a lot of a million lines ends without a line being written.
 */
export function sumsIn(state: LotState, { declared, declined, received, refused }: Counted): Omit<LotSums, 'unexpected'> {
  if (state === 'declined' || state === 'cancelled') return { declared, declined: declared, received, refused, missing: 0, awaited: 0 };
  const left = declared - declined - received - refused;
  const ended = state === 'received' || state === 'closed';
  return { declared, declined, received, refused, missing: ended ? left : 0, awaited: ended ? 0 : left };
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

/** REEN law, article 16: equipment of a public body older than this is recycled. From others it is taken, with a note. */
const RECYCLING_AGE_YEARS = 10;

export interface Age {
  /** Whether the device goes to recycling for its age; null where its year is not known and the donor is a public body. */
  readonly recycle: boolean | null;
  readonly note: 'over-ten-years' | null;
}

/** What the age of a device means for it. Unknown age is asked at diagnosis. */
export function ageOf(donorIsPublic: boolean, manufacturedYear: number | null, now: Date): Age {
  const old = manufacturedYear === null ? null : now.getUTCFullYear() - manufacturedYear > RECYCLING_AGE_YEARS;
  return donorIsPublic ? { recycle: old, note: null } : { recycle: false, note: old ? 'over-ten-years' : null };
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
