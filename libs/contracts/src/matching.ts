import { z } from 'zod';
import { defineEvent, type ServiceName } from './event.js';
import { Category, Count, Earmark, Id, StockGrade } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';

export const ALLOCATION_STATES = ['proposed', 'held', 'accepted', 'shipped', 'delivered', 'short', 'refused', 'expired', 'withdrawn'] as const;
/** A part of one line served from one stock cell (site, category, grade, earmark). */
const allocation = {
  allocationId: Id, state: z.enum(ALLOCATION_STATES), needId: Id, lineId: Id, structureId: Id, roundId: Id,
  siteId: Id, category: Category, grade: StockGrade, earmark: Earmark, quantity: Count,
};
const allocationExample = {
  allocationId: ID, state: 'proposed' as const, needId: ID, lineId: ID, structureId: ID, roundId: ID,
  siteId: ID, category: 'laptop' as const, grade: 'A' as const, earmark: null, quantity: 2,
};
const allocationEvent = (name: string, consumers: readonly ServiceName[] = []) =>
  defineEvent('matching.allocation', name, consumers, allocation, allocationExample);
/** A request: inventory answers held or refused. */
export const AllocationProposed = allocationEvent('allocation-proposed', ['inventory']);
export const AllocationHeld = allocationEvent('allocation-held');
export const AllocationShort = allocationEvent('allocation-short');
/** The structure said yes, or let the time pass: dispatch plans it. */
export const AllocationAccepted = allocationEvent('allocation-accepted', ['dispatch']);
/** Ended before it was shipped: whoever holds something for it lets go. */
export const AllocationRefused = allocationEvent('allocation-refused', ['inventory', 'dispatch']);
export const AllocationWithdrawn = allocationEvent('allocation-withdrawn', ['inventory', 'dispatch']);
export const AllocationExpired = allocationEvent('allocation-expired');
export const AllocationShipped = allocationEvent('allocation-shipped');
export const AllocationDelivered = allocationEvent('allocation-delivered');
/**
 * Its quantity became smaller: the structure refused a part, a device was recalled, lost or came back. `quantity` is what is
 * still promised, shipped and delivered devices included. Of a reservation that is held and not committed, inventory
 * lets go of the items above it; otherwise there is nothing to do.
 */
export const AllocationReduced = allocationEvent('allocation-reduced', ['inventory']);

export const NEED_STATES = ['submitted', 'approved', 'partly-allocated', 'allocated', 'fulfilled', 'cancelled', 'expired', 'declined'] as const;
const need = { needId: Id, structureId: Id, state: z.enum(NEED_STATES), asked: Count, open: Count };
const needExample = { needId: ID, structureId: ID, state: 'submitted' as const, asked: 8, open: 8 };
const needEvent = (name: string) => defineEvent('matching.need', name, [], need, needExample);
export const NeedSubmitted = needEvent('need-submitted');
export const NeedApproved = needEvent('need-approved');
export const NeedDeclined = needEvent('need-declined');
export const NeedChanged = needEvent('need-changed');
/** Urgency 4, and nobody has decided in time. */
export const NeedEscalated = needEvent('need-escalated');
export const NeedCancelled = needEvent('need-cancelled');
export const NeedExpired = needEvent('need-expired');
export const NeedReconfirmed = needEvent('need-reconfirmed');
export const NeedFulfilled = needEvent('need-fulfilled');

const round = { roundId: Id, state: z.enum(['requested', 'solved', 'failed']), allocations: Count, devices: Count, solver: z.string().max(100).nullable() };
const roundExample = { roundId: ID, state: 'solved' as const, allocations: 12, devices: 40, solver: 'highs 1.15.3' };
export const RoundRequested = defineEvent('matching.round', 'round-requested', [], round, roundExample);
export const RoundSolved = defineEvent('matching.round', 'round-solved', [], round, roundExample);
export const RoundFailed = defineEvent('matching.round', 'round-failed', [], round, roundExample);
