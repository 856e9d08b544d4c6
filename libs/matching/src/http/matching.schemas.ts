import { Category, matching, StockGrade } from '@lacollecte/contracts';
import { OrderedPageQuery, PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { PUBLICS } from '../domain/need.js';
import { AvailabilityView } from '../queries/availability.js';
import { DryRunView } from '../queries/compare-policies.js';
import { DatedPriceTable } from '../queries/price-table.js';
import { AllocationView } from '../queries/view-allocation.js';
import { ExplanationView } from '../queries/view-explanation.js';
import { NeedView } from '../queries/view-need.js';
import { RoundView } from '../queries/view-round.js';
import { Alpha } from '../settings.js';

const urgency = z.int().min(1).max(4);
const reason = z.string().trim().min(3).max(500);
const readers = ['structure', 'coordinator', 'admin'] as const;

// Needs
const needId = z.object({ needId: z.uuid() });
const edit = { ifMatch: true, status: 200, params: needId, returns: NeedView } as const;
export const stateNeedSpec = spec({
  summary: 'State a need. Nobody is to be named in a reason: `warnings` say where somebody seems to be.',
  roles: ['structure', 'coordinator'],
  body: z.object({
    /** For staff, who speak for a structure; a structure speaks for itself. */
    structureId: z.uuid().optional(),
    lines: z.array(z.object({
      category: Category, minGrade: StockGrade, quantity: z.int().min(1).max(500), urgency, public: z.enum(PUBLICS),
      reason: z.string().trim().max(500).default(''), maxPriceCents: z.int().min(0).max(1_000_000).nullable().default(null),
    })).min(1).max(50),
    topUps: z.int().min(0).max(10_000).default(0),
  }),
  returns: NeedView,
});
export const listNeedsSpec = spec({
  summary: 'Needs, oldest first; structures see their own', roles: readers,
  query: OrderedPageQuery.extend({ state: z.enum(matching.NEED_STATES).optional(), structureId: z.uuid().optional() }), returns: pageOf(NeedView),
});
export const inboxSpec = spec({ summary: 'Needs to be decided: escalated first, then by deadline, then by age', roles: ['coordinator'], returns: z.array(NeedView) });
export const getNeedSpec = spec({ summary: 'A need', roles: readers, params: needId, returns: NeedView });
export const approveNeedSpec = spec({
  summary: 'Approve a need, perhaps at other urgencies; urgency 4 starts a round at once', roles: ['coordinator'], ...edit,
  body: z.object({ urgencies: z.array(z.object({ lineId: z.uuid(), urgency })).max(50).default([]) }),
});
export const declineNeedSpec = spec({ summary: 'Decline a need', roles: ['coordinator'], ...edit, body: z.object({ reason }) });
export const cancelNeedSpec = spec({ summary: 'Cancel a need; what has not left the site is withdrawn', roles: ['structure', 'coordinator'], ...edit });
export const reconfirmNeedSpec = spec({ summary: 'Still needed: it does not expire yet', roles: ['structure', 'coordinator'], ...edit });

// Allocations
const allocationId = z.object({ allocationId: z.uuid() });
const answer = { roles: ['structure', 'coordinator'], ifMatch: true, status: 200, params: allocationId, returns: AllocationView } as const;
export const listAllocationsSpec = spec({
  summary: 'Allocations with price and explanation, oldest first; structures see their own', roles: readers,
  query: OrderedPageQuery.extend({
    state: z.enum(matching.ALLOCATION_STATES).optional(), needId: z.uuid().optional(), roundId: z.uuid().optional(), structureId: z.uuid().optional(),
  }),
  returns: pageOf(AllocationView),
});
export const getAllocationSpec = spec({ summary: 'An allocation', roles: readers, params: allocationId, returns: AllocationView });
export const acceptAllocationSpec = spec({
  summary: 'Accept what is held, or `quantity` of it: the rest goes back', ...answer, body: z.object({ quantity: z.int().min(1).max(500).optional(), reason: reason.nullable().default(null).describe('Why not the rest.') }),
});
export const refuseAllocationSpec = spec({ summary: 'Refuse it', ...answer, body: z.object({ reason: reason.nullable().default(null) }) });
export const listLineExplanationsSpec = spec({
  summary: 'Why a line got what it got, round by round', roles: readers, params: z.object({ lineId: z.uuid() }), query: PageQuery, returns: pageOf(ExplanationView),
});
export const availabilitySpec = spec({
  summary: 'What is free and what is asked of each kind, and when the next round is due', roles: readers,
  query: z.object({ category: Category.optional() }), returns: AvailabilityView,
});

// Rounds
const roundId = z.object({ roundId: z.uuid() });
export const requestRoundSpec = spec({
  summary: 'Start a round now', roles: ['coordinator'], status: 202,
  body: z.object({ alpha: Alpha.optional().describe('By default the one that is set') }).default({}), returns: RoundView,
});
export const listRoundsSpec = spec({ summary: 'Rounds, newest first', roles: ['coordinator', 'admin', 'ops'], query: PageQuery, returns: pageOf(RoundView) });
export const getRoundSpec = spec({ summary: 'A round with its fairness figures', roles: ['coordinator', 'admin', 'ops'], params: roundId, returns: RoundView });
export const listRoundExplanationsSpec = spec({
  summary: 'Why each line of a round got what it got', roles: ['coordinator'], params: roundId, query: PageQuery, returns: pageOf(ExplanationView),
});
export const dryRunSpec = spec({
  summary: 'What a round would give now under each α; nothing is changed', roles: ['coordinator'], idempotent: false, status: 200,
  body: z.object({ alphas: z.array(Alpha).min(1).max(4).default([0, 1, 2]) }), returns: DryRunView,
});

// Prices
export const listPriceTablesSpec = spec({ summary: 'Price tables and caps, newest first', roles: readers, returns: z.array(DatedPriceTable) });
export const setPriceTableSpec = spec({ summary: 'Set prices and caps from a day on', roles: ['admin'], body: DatedPriceTable, returns: DatedPriceTable });
