import type { ServiceDefinition } from '@lacollecte/runtime';
import { MatchingConsumer } from './events/matching.consumer.js';
import { AllocationsController } from './http/allocations.controller.js';
import { NeedsController } from './http/needs.controller.js';
import { RoundsController } from './http/rounds.controller.js';
import { runRound } from './jobs/run-round.js';
import { MatchingTables1710000000000 } from './persistence/migrations/matching-tables.js';
import { problems } from './problems.js';
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
    { table: 'need', topic: 'matching.need' },
    { table: 'allocation', topic: 'matching.allocation' },
    { table: 'round', topic: 'matching.round' },
  ],
  jobs: [runRound],
  sweeps: [startRoundsSweep, ...deadlineSweeps],
  problems,
  settings: matchingSettings,
};
