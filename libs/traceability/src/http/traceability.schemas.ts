import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { BUCKETS } from '../queries/flow.js';
import { DeviceTimelineView, FoundView, LotNowView, OwnFiguresView, OwnProgressView, OwnStandingView, OwnTimelineView, StepView, WaitingView } from '../queries/views.js';

const staff = ['operator', 'coordinator', 'ops', 'admin'] as const;
const watchers = ['ops', 'admin'] as const;
const deviceId = z.object({ deviceId: z.uuid() });
const lotId = z.object({ lotId: z.uuid() });

export const deviceTimelineSpec = spec({
  summary: "A device's life through all services: its own events, and those of its lot, reservations and shipments as a whole",
  roles: staff, params: deviceId, returns: DeviceTimelineView,
});
export const lotTimelineSpec = spec({
  summary: "A lot's events, oldest first; with `devices=true` also those of its single devices",
  roles: staff, params: lotId, query: PageQuery.extend({ devices: z.stringbool().default(false) }), returns: pageOf(StepView).extend({ lot: LotNowView.nullable() }),
});
export const searchSpec = spec({
  summary: 'What bears exactly this name: label (however scanned), serial or IMEI as they were received (a later correction of the sheet stays in the workshop), or the id of anything, of an event or of a story',
  roles: staff, query: z.object({ q: z.string().trim().min(1).max(500) }), returns: z.array(FoundView),
});
export const stagesSpec = spec({
  summary: 'How many devices and lots are at each stage, for how long, what they wait for, and by when',
  roles: staff, query: z.object({ siteId: z.uuid().optional() }), returns: z.object({ devices: z.array(WaitingView), lots: z.array(WaitingView) }),
});
export const flowSpec = spec({
  summary: 'Events by type, and devices that entered each stage, by hour, day, week or month of Paris; 400 intervals at most',
  roles: ['coordinator', 'ops', 'admin'],
  query: z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }), bucket: z.enum(BUCKETS).default('day') }),
  returns: z.object({
    events: z.array(z.object({ bucket: z.iso.datetime(), name: z.string(), events: z.int() })),
    entered: z.array(z.object({ bucket: z.iso.datetime(), stage: z.string(), devices: z.int() })),
  }),
});
export const traceSpec = spec({
  summary: 'Every event of one story (a donation, a need …) over all services on one time axis, with the waits between',
  roles: watchers, params: z.object({ correlationId: z.string().min(1).max(200) }), returns: z.object({ steps: z.array(StepView), cut: z.boolean() }),
});
export const eventSpec = spec({
  summary: 'An event with its data', roles: watchers, params: z.object({ eventId: z.uuid() }), returns: StepView.extend({ data: z.unknown() }),
});

export const ownTimelineSpec = spec({ summary: "What became of one of the donor's own devices", roles: ['donor'], params: deviceId, returns: OwnTimelineView });
export const ownProgressSpec = spec({ summary: "How far one of the donor's own lots has come, and where its devices went", roles: ['donor'], params: lotId, returns: OwnProgressView });
const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';
const LOT_IDS = new RegExp(`^${UUID}(?:,${UUID}){0,99}$`, 'i');
export const ownStandingsSpec = spec({
  summary: "Where the devices of the donor's own lots are now: of those named, 100 at most with commas between, else of all that anything came of", roles: ['donor'],
  query: z.object({ lotIds: z.string().regex(LOT_IDS).optional() }), returns: z.array(OwnStandingView),
});
export const ownFiguresSpec = spec({
  summary: 'What came of what the donor gave: reused, recycled, by category and month, with the CO2e saved, its factors and their source',
  roles: ['donor'], query: z.object({ lotId: z.uuid().optional() }), returns: OwnFiguresView,
});
