import { Category, Count, Earmark, Id } from '@lacollecte/contracts';
import { OrderedPageQuery, PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';

/** Who brings lots in: donors their own, coordinators any, operators and programs those that come to a site of their own. */
const DONOR_SIDE = ['donor', 'coordinator', 'operator', 'service'] as const;
const short = z.string().trim().max(500);
const lotParams = z.object({ lotId: Id });

const Sums = { declared: Count, declined: Count, received: Count, refused: Count, missing: Count, awaited: Count, unexpected: Count };
export const LotView = z.object({
  id: Id, version: z.int(), state: z.string(), donorId: Id, siteId: Id.nullable(), origin: z.string(), title: z.string(), earmark: Earmark, brought: z.boolean(),
  declineReason: z.string().nullable(), createdAt: z.iso.datetime(), submittedAt: z.iso.datetime().nullable(), answerDueAt: z.iso.datetime().nullable(),
  pickupWish: z.record(z.string(), z.string()), acceptedAt: z.iso.datetime().nullable(), collectedAt: z.iso.datetime().nullable(), receivedAt: z.iso.datetime().nullable(),
  inventoryDueAt: z.iso.datetime().nullable(), closedAt: z.iso.datetime().nullable(), ...Sums,
  /** Where the devices of the lot have ended so far. */
  outcomes: z.record(z.string(), Count),
});
const Line = {
  category: Category, maker: short.nullish(), model: short.nullish(), serial: short.nullish(), imei: short.nullish(), assetTag: short.nullish(),
  manufacturedYear: z.int().min(1970).max(2100).nullish(), condition: short.nullish(), declaredValue: short.nullish(), notes: short.nullish(),
  /** How the donor came to the value, and what proves it. */
  declaredValueMethod: short.nullish(), declaredValueProof: short.nullish(),
};
export const LineView = z.object({
  id: Id, position: z.int(), ...Line, quantity: Count, declined: Count, declineReason: z.string().nullable(), received: Count, refused: Count, missing: Count,
});
export const DeviceView = z.object({
  id: Id, state: z.string(), label: z.string(), category: Category, maker: z.string().nullable(), model: z.string().nullable(), serial: z.string().nullable(),
  lineId: Id.nullable(), matched: z.string(), outcome: z.string().nullable(), receivedAt: z.iso.datetime(), siteId: Id,
  note: z.enum(['over-ten-years']).nullable().describe('Taken, with a remark'),
});

const RefusalView = z.object({ id: Id, lineId: Id.nullable(), category: Category, serial: z.string().nullable(), imei: z.string().nullable(), reason: z.string(), refusedAt: z.iso.datetime() });
const words = { earmark: Earmark.optional(), pickupWish: z.record(z.string().max(100), z.string().max(500)).optional() };

export const openLotSpec = spec({
  summary: 'Open a lot: a donor their own; an operator or service account, for a site of theirs (siteId), a gift without a list; a coordinator, any', roles: DONOR_SIDE, returns: LotView,
  body: z.object({ title: short.min(1), donorId: Id.optional(), siteId: Id.optional(), ...words }),
});
export const describeLotSpec = spec({
  summary: 'Change what is said of a draft', roles: DONOR_SIDE, params: lotParams, ifMatch: true, returns: LotView, body: z.object({ title: short.min(1).optional(), ...words }),
});
export const listLotsSpec = spec({
  summary: 'Lots, oldest first unless asked; a donor sees their own', roles: [...DONOR_SIDE, 'ops', 'admin'],
  query: OrderedPageQuery.extend({ state: z.string().max(20).optional(), siteId: Id.optional() }), returns: pageOf(LotView),
});
export const getLotSpec = spec({ summary: 'One lot with its sums', roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams, returns: LotView });
export const listLinesSpec = spec({
  summary: 'Lines of a lot; with `open=true` those alone of which something has not come', roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams,
  query: PageQuery.extend({ open: z.stringbool().default(false) }), returns: pageOf(LineView),
});
export const listDevicesSpec = spec({
  summary: 'Devices received for a lot, oldest first unless asked; with `unexpected=true` those alone that no line announced', roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams,
  query: OrderedPageQuery.extend({ unexpected: z.stringbool().default(false) }), returns: pageOf(DeviceView),
});
export const listRefusedDevicesSpec = spec({
  summary: 'Devices of a lot that were refused at the dock', roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams, query: PageQuery, returns: pageOf(RefusalView),
});
const Document = { roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams, query: z.object({ language: z.enum(['fr', 'en']).default('fr') }) } as const;
export const downloadInventorySpec = spec({ summary: 'The received inventory as CSV: what was announced against what came, line by line', ...Document });
export const downloadDevicesSpec = spec({ summary: 'The devices of a lot as CSV, each with where it ended', ...Document });
const Typed = z.object({ ...Line, quantity: z.int().min(1).max(100_000).default(1) });
export const addLinesSpec = spec({
  summary: 'Add typed lines to a draft', roles: DONOR_SIDE, params: lotParams, ifMatch: true, returns: LotView,
  body: z.object({ lines: z.array(Typed).min(1).max(500) }),
});
export const changeLineSpec = spec({
  summary: 'Write a line of a draft anew', roles: DONOR_SIDE, params: lotParams.extend({ lineId: Id }), ifMatch: true, returns: LotView, body: Typed,
});
export const removeLinesSpec = spec({
  summary: 'Take lines out of a draft', roles: DONOR_SIDE, params: lotParams, ifMatch: true, status: 200, returns: LotView, body: z.object({ lineIds: z.array(Id).min(1).max(500) }),
});
export const submitLotSpec = spec({ summary: 'Send the lot: an answer is due from now', roles: DONOR_SIDE, params: lotParams, ifMatch: true, status: 200, returns: LotView });
export const cancelLotSpec = spec({ summary: 'Cancel before anything was received', roles: ['donor', 'coordinator'], params: lotParams, ifMatch: true, status: 200, returns: LotView });
export const acceptLotSpec = spec({
  summary: 'Accept a lot, line by line, for a site', roles: ['coordinator'], params: lotParams, ifMatch: true, status: 200, returns: LotView,
  body: z.object({
    siteId: Id, brought: z.boolean().default(false),
    decisions: z.array(z.object({ lineId: Id, accepted: z.int().min(0).max(100_000), reason: short.min(1).nullable().default(null) })).max(5000).default([]),
  }),
});
export const declineLotSpec = spec({ summary: 'Decline a lot', roles: ['coordinator'], params: lotParams, ifMatch: true, status: 200, returns: LotView, body: z.object({ reason: short.min(3) }) });
export const suggestSiteSpec = spec({
  summary: 'Sites for a lot: nearest with capacity left this week first', roles: ['coordinator'], params: lotParams,
  returns: z.array(z.object({ siteId: Id, kilometres: z.int(), capacityLeft: z.int() })),
});

const PickupView = z.object({ id: Id, version: z.int(), state: z.string(), siteId: Id, plannedOn: z.string(), pallets: Count, boxes: Count, seals: z.array(z.string()), reason: z.string().nullable() });
export const listPickupsSpec = spec({ summary: 'Pick-ups of a lot', roles: [...DONOR_SIDE, 'ops', 'admin'], params: lotParams, returns: z.array(PickupView) });
export const schedulePickupSpec = spec({
  summary: 'Schedule a pick-up', roles: ['coordinator'], params: lotParams, returns: PickupView,
  body: z.object({ siteId: Id, plannedOn: z.iso.date(), pallets: z.int().min(0).max(200).default(0), boxes: z.int().min(0).max(5000).default(0), seals: z.array(z.string().max(40)).max(200).default([]) }),
});
export const endPickupSpec = spec({
  summary: 'Say how a pick-up ended', roles: ['coordinator', 'operator'], params: z.object({ pickupId: Id }), ifMatch: true, status: 200, returns: PickupView,
  body: z.discriminatedUnion('done', [z.object({ done: z.literal(true) }), z.object({ done: z.literal(false), reason: short.min(3) })]),
});

const TaskView = z.object({ id: Id, kind: z.string(), lotId: Id.nullable(), subject: z.string(), detail: z.record(z.string(), z.unknown()), createdAt: z.iso.datetime() });
export const listTasksSpec = spec({ summary: 'What a coordinator has to look at', roles: ['coordinator', 'ops', 'admin'], query: PageQuery, returns: pageOf(TaskView) });
export const endTaskSpec = spec({ summary: 'A task has been looked at', roles: ['coordinator'], params: z.object({ taskId: Id }), status: 204 });
