import { Category } from '@lacollecte/contracts';
import { z } from 'zod';
import { STAGES } from '../domain/stages.js';

const At = z.iso.datetime();

/** One event among others on a time axis. */
export const StepView = z.object({
  eventId: z.uuid(), at: At, heardAt: At,
  /** `intake.lot-submitted` */
  name: z.string(), service: z.string(), topic: z.string(), key: z.uuid(), version: z.int(),
  /** The aggregate's state after it. */
  state: z.string().nullable(),
  /** Subject of who acted; `system` where nobody did, null where that was not told yet. */
  actor: z.string().nullable(),
  correlationId: z.string().nullable(), causationId: z.string().nullable(),
  /** Devices that it names. */
  devices: z.int(),
  /** Since the step before, and since the event that led to it, if that is one of these. */
  seconds: z.number().nullable(), secondsSinceCause: z.number().nullable(),
});
export type StepView = z.output<typeof StepView>;

export const DeviceNowView = z.object({
  deviceId: z.uuid(), lotId: z.uuid(), donorId: z.uuid(), siteId: z.uuid(), label: z.string(), category: z.string(), maker: z.string().nullable(), model: z.string().nullable(),
  grade: z.string().nullable(), stage: z.enum(STAGES), since: At, waitsFor: z.string().nullable(), dueAt: At.nullable(),
  reservationId: z.uuid().nullable(), needId: z.uuid().nullable(),
  /** Whom it is promised to or was given to. */
  structureId: z.uuid().nullable(), department: z.string().nullable(),
});
export const DeviceTimelineView = z.object({ device: DeviceNowView.nullable(), steps: z.array(StepView), /** There are more. */ cut: z.boolean() });

const Sums = { declared: z.int(), declined: z.int(), received: z.int(), refused: z.int(), missing: z.int(), awaited: z.int(), unexpected: z.int() };
export const LotNowView = z.object({ lotId: z.uuid(), donorId: z.uuid(), siteId: z.uuid().nullable(), state: z.string(), since: At, dueAt: At.nullable(), ...Sums });

export const WaitingView = z.object({
  stage: z.string(), waitsFor: z.string().nullable(), count: z.int(),
  /** Of those that have not ended: since when the oldest is there, and half of them for how long at most. */
  oldestSince: At.nullable(), medianSeconds: z.number().nullable(),
  nextDueAt: At.nullable(), overdue: z.int(),
});

export const FoundView = z.object({ kind: z.string(), id: z.string(), label: z.string().nullable(), events: z.int(), lastAt: At });

/** Devices that came so far, each counted once, where it is now: `erased` and `ready` are in the workshop or in stock. */
const Standing = z.object({ received: z.int(), erased: z.int(), ready: z.int(), delivered: z.int(), recycled: z.int(), other: z.int() });
export const OwnStandingView = z.object({ lotId: z.uuid(), now: Standing });

const Destination = z.object({ kind: z.string(), department: z.string().nullable() });
export const OwnTimelineView = z.object({
  deviceId: z.uuid(), lotId: z.uuid(), label: z.string(), category: z.string(), maker: z.string().nullable(), model: z.string().nullable(), state: z.string(), since: At,
  steps: z.array(z.object({ step: z.enum(['received', 'diagnosed', 'erased', 'tested', 'graded', 'ready', 'delivered', 'recycled', 'returned-to-donor', 'lost']), at: At })),
  /** Where it went, once enough devices went to that kind of structure there. */
  destination: Destination.nullable(),
});
export const OwnProgressView = z.object({
  lotId: z.uuid(), state: z.string(), since: At, dueAt: At.nullable(), ...Sums,
  /** Devices that came so far, each counted in all that it has passed. */
  passed: z.object({ received: z.int(), erased: z.int(), ready: z.int(), delivered: z.int(), recycled: z.int(), other: z.int() }),
  now: Standing,
  destinations: z.array(Destination.extend({ devices: z.int() })), /** Delivered, where too few went to the same to say where. */ elsewhere: z.int(),
});
export const OwnFiguresView = z.object({
  received: z.int(), reused: z.int(), recycled: z.int(),
  byCategory: z.array(z.object({ category: z.string(), received: z.int(), reused: z.int(), recycled: z.int() })),
  /** Months of Paris, `2026-11`, in which anything came or ended. */
  byMonth: z.array(z.object({ month: z.string(), received: z.int(), reused: z.int(), recycled: z.int() })),
  co2e: z.object({
    kg: z.number(), counted: z.int(), uncounted: z.int(), years: z.number(),
    factors: z.array(z.object({ category: Category, kgPerYear: z.number() })), version: z.string(), source: z.string(),
  }),
});
