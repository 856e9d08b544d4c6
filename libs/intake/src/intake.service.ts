import type { ServiceDefinition } from '@lacollecte/runtime';
import { LOT_TRANSITIONS } from './domain/lot.js';
import { IntakeConsumer } from './events/intake.consumer.js';
import { LotsController } from './http/lots.controller.js';
import { PickupsController, TasksController } from './http/pickups.controller.js';
import { ReceptionsController } from './http/receptions.controller.js';
import { invariants } from './invariants.js';
import { IntakeTables1710000000000 } from './persistence/migrations/intake-tables.js';
import { problems } from './problems.js';
import { settings } from './settings.js';
import { answerOverdue, inventoryOverdue } from './sweeps/deadlines.js';

/** From a company's list to devices on a bench. */
export const intakeService: ServiceDefinition = {
  name: 'intake',
  controllers: [LotsController, PickupsController, TasksController, ReceptionsController],
  consumers: [IntakeConsumer],
  migrations: [IntakeTables1710000000000],
  aggregates: [
    { table: 'lot', topic: 'intake.lot', transitions: LOT_TRANSITIONS },
    { table: 'device', topic: 'intake.device', transitions: { '': ['received'], received: ['settled'], settled: ['received'] } },
    { table: 'pickup', topic: 'intake.pickup', transitions: { '': ['scheduled'], scheduled: ['done', 'failed'] } },
    { table: 'reception', topic: 'intake.reception', transitions: { '': ['open'], open: ['closed'] } },
    { table: 'label_roll', topic: 'intake.label-roll', transitions: { '': ['issued'] } },
  ],
  invariants,
  jobs: [],
  sweeps: [answerOverdue, inventoryOverdue],
  problems,
  settings,
};
