import { Category, Id } from '@lacollecte/contracts';
import { spec } from '@lacollecte/http';
import { z } from 'zod';
import { STAGES } from '../queries/device-now.js';
import { BUCKETS, type Bucket } from '../queries/stages.js';

const staff = ['operator', 'coordinator', 'ops', 'admin'] as const;
const watchers = ['coordinator', 'ops', 'admin'] as const;
const operations = ['ops', 'admin'] as const;
const deviceParams = z.object({ deviceId: Id });
const lotParams = z.object({ lotId: Id });
const time = z.iso.datetime();
const Stage = z.enum(STAGES);

const StepView = z.object({
  eventId: Id, type: z.string(), service: z.string(), name: z.string(), topic: z.string(), key: Id, version: z.int(), at: time, heardAt: time.nullable(),
  actor: z.string().nullable().describe('An id; `system` for the system itself; null in events from before it was kept'),
  correlationId: z.string().nullable(), causationId: z.string().nullable(),
  afterSeconds: z.number().nullable().describe('Since the step before'),
});
const OwnStepView = z.object({ service: z.string(), name: z.string(), at: time, afterSeconds: z.number().nullable() });
const DestinationView = z.object({ structureKind: z.string(), department: z.string() });
const deviceHead = { deviceId: Id, label: z.string().nullable(), category: Category.nullable(), grade: z.string().nullable(), lotId: Id.nullable(), stage: Stage, since: time };
const DeviceView = z.object({
  ...deviceHead, siteId: Id.nullable(), reason: z.string().nullable(), deadline: time.nullable(), donorId: Id.nullable(), serial: z.string().nullable(), imei: z.string().nullable(),
  maker: z.string().nullable(), model: z.string().nullable(), structureId: Id.nullable(), allocationId: Id.nullable(), structureKind: z.string().nullable(), department: z.string().nullable(),
});
const sum = z.int();
const LotView = z.object({
  lotId: Id, state: z.string(), since: time, siteId: Id.nullable(), donorId: Id, declared: sum, declined: sum, received: sum, refused: sum, missing: sum, awaited: sum, unexpected: sum,
  submittedAt: time.nullable(), acceptedAt: time.nullable(), receivedAt: time.nullable(), closedAt: time.nullable(),
});
const progress = { lot: LotView, stages: z.array(z.object({ stage: Stage, devices: z.int() })) };

export const deviceTimelineSpec = spec({
  summary: "A device's life through all services, with who, when, and how long each step took", roles: staff, params: deviceParams,
  returns: z.object({ device: DeviceView, steps: z.array(StepView) }),
});
export const lotTimelineSpec = spec({
  summary: "A lot's life, and where its devices are", roles: staff, params: lotParams, returns: z.object({ ...progress, steps: z.array(StepView) }),
});
export const ownDeviceTimelineSpec = spec({
  summary: 'What became of a device that one gave; where it went by kind of structure and département alone, and only where five or more did', roles: ['donor'], params: deviceParams,
  returns: z.object({ device: z.object(deviceHead), destination: DestinationView.nullable(), steps: z.array(OwnStepView) }),
});

const figures = { received: z.int(), reused: z.int(), recycled: z.int(), recycledKg: z.number(), co2eKg: z.number() };
const FiguresView = z.object({
  ...figures,
  /** Kilograms of CO2e avoided by this many years of use gained; counted once, at delivery. */
  factor: z.object({ source: z.string(), version: z.string(), yearsGained: z.number() }),
  categories: z.array(z.object({ category: Category, ...figures, co2eKgPerYear: z.number().nullable().describe('Null: there is no factor, and nothing is counted') })),
  destinations: z.array(DestinationView.extend({ devices: z.int() })),
});
export const ownProgressSpec = spec({
  summary: "How far a donor's own lot has come", roles: ['donor'], params: lotParams, returns: z.object({ ...progress, figures: FiguresView }),
});
export const ownFiguresSpec = spec({ summary: "What became of all of a donor's devices", roles: ['donor'], returns: FiguresView });

export const stagesSpec = spec({
  summary: 'How many devices are at each stage, the oldest and median time they wait, and why', roles: staff, query: z.object({ siteId: Id.optional() }),
  returns: z.array(z.object({
    stage: Stage, devices: z.int(), oldestAt: time.nullable(), medianSeconds: z.number().nullable(), deadline: time.nullable(),
    reasons: z.array(z.object({ code: z.string(), devices: z.int() })),
  })),
});
export const flowSpec = spec({
  summary: 'Events by type, and devices that came to each stage, by time; the last month unless said', roles: watchers,
  query: z.object({
    from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional(), bucket: z.enum(Object.keys(BUCKETS) as [Bucket, ...Bucket[]]).default('day'),
  }),
  returns: z.object({
    events: z.array(z.object({ at: time, type: z.string(), events: z.int() })), entered: z.array(z.object({ at: time, stage: Stage, devices: z.int() })),
  }),
});
export const searchSpec = spec({
  summary: 'Find by label, serial or IMEI as scanned in, or by the id of a device, lot, organisation, allocation, event or correlation', roles: staff,
  query: z.object({ q: z.string().trim().min(1).max(100) }),
  returns: z.object({ hits: z.array(z.object({ kind: z.string(), id: z.string(), text: z.string().nullable() })), named: z.int().describe('Events that speak of this id, 1000 at most') }),
});
export const traceSpec = spec({
  summary: 'Everything that one donation, need or shipment led to, in all services, on one axis of time', roles: operations,
  params: z.object({ correlationId: z.string().min(1).max(200) }), returns: z.array(StepView),
});
export const eventSpec = spec({
  summary: 'An event with its data, what led to it, and what it led to', roles: operations, params: z.object({ eventId: Id }),
  returns: StepView.pick({ eventId: true, type: true, topic: true, key: true, version: true, at: true, heardAt: true, actor: true, correlationId: true, causationId: true }).extend({
    n: z.int(), subjects: z.array(Id), data: z.record(z.string(), z.unknown()), ledTo: z.array(Id),
  }),
});
