import type { ServiceDefinition } from '@lacollecte/runtime';
import { ALLOCATION_TRANSITIONS } from './domain/allocation.js';
import { NEED_TRANSITIONS } from './domain/need.js';
import { MatchingConsumer } from './events/matching.consumer.js';
import { AllocationsController } from './http/allocations.controller.js';
import { NeedsController } from './http/needs.controller.js';
import { RoundsController } from './http/rounds.controller.js';
import { invariants } from './invariants.js';
import { runRound } from './jobs/run-round.js';
import { MatchingTables1710000000000 } from './persistence/migrations/matching-tables.js';
import { problems } from './problems.js';
import { site } from './projections/site.js';
import { stockItem } from './projections/stock-item.js';
import { structure } from './projections/structure.js';
import { matchingSettings } from './settings.js';
import { deadlineSweeps } from './sweeps/deadlines.js';
import { startRoundsSweep } from './sweeps/start-rounds.js';

/** Who gets what, fairly, and why. */
export const matchingService: ServiceDefinition = {
  name: 'matching',
  controllers: [NeedsController, AllocationsController, RoundsController],
  consumers: [MatchingConsumer],
  migrations: [MatchingTables1710000000000],
  aggregates: [
    { table: 'need', topic: 'matching.need', transitions: { '': ['submitted'], ...NEED_TRANSITIONS } },
    { table: 'allocation', topic: 'matching.allocation', transitions: { '': ['proposed'], ...ALLOCATION_TRANSITIONS } },
    { table: 'round', topic: 'matching.round', transitions: { '': ['requested'], requested: ['solved', 'failed'], solved: [], failed: [] } },
  ],
  projections: [site, structure, stockItem],
  parts: ['ledger', 'need_line', 'round_work', 'explanation', 'quota_use', 'price_table'],
  invariants,
  jobs: [runRound],
  sweeps: [startRoundsSweep, ...deadlineSweeps],
  problems,
  settings: matchingSettings,
};
