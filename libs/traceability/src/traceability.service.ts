import type { ServiceDefinition } from '@lacollecte/runtime';
import { TraceabilityConsumer } from './events/traceability.consumer.js';
import { HistoryController } from './http/history.controller.js';
import { OwnController } from './http/own.controller.js';
import { invariants } from './invariants.js';
import { TraceabilityTables1764500000001 } from './persistence/migrations/traceability-tables.js';
import { problems } from './problems.js';
import { PROJECTIONS } from './projections/all.js';
import { settings } from './settings.js';

/** What no single service knows: the life of each device and lot across all. It hears everything, decides nothing, and can be made again. */
export const traceabilityService: ServiceDefinition = {
  name: 'traceability',
  controllers: [HistoryController, OwnController],
  consumers: [TraceabilityConsumer],
  migrations: [TraceabilityTables1764500000001],
  aggregates: [],
  projections: PROJECTIONS,
  parts: [],
  invariants,
  jobs: [],
  sweeps: [],
  problems,
  settings,
};
