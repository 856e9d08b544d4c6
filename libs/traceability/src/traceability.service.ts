import type { ServiceDefinition } from '@lacollecte/runtime';
import { EveryEventConsumer, PROJECTIONS } from './events/every-event.consumer.js';
import { EventsController } from './http/events.controller.js';
import { OwnController } from './http/own.controller.js';
import { StagesController } from './http/stages.controller.js';
import { TimelinesController } from './http/timelines.controller.js';
import { invariants } from './invariants.js';
import { TraceabilityTables1763910000000 } from './persistence/migrations/traceability-tables.js';
import { problems } from './problems.js';

/** What no single service knows: the life of each device and of each lot through all of them. It hears everything, keeps it, and announces nothing. */
export const traceabilityService: ServiceDefinition = {
  name: 'traceability',
  controllers: [TimelinesController, StagesController, EventsController, OwnController],
  consumers: [EveryEventConsumer],
  migrations: [TraceabilityTables1763910000000],
  aggregates: [],
  projections: PROJECTIONS,
  parts: [],
  invariants,
  jobs: [],
  sweeps: [],
  problems,
  settings: {},
};
