import type { ServiceDefinition } from '@lacollecte/runtime';
import { LOT_TRANSITIONS } from './domain/lot.js';
import { IntakeConsumer } from './events/intake.consumer.js';
import { NotificationsController } from './http/notifications.controller.js';
import { ManifestsController } from './http/manifests.controller.js';
import { LotDocumentsController } from './http/lot-documents.controller.js';
import { LotsController } from './http/lots.controller.js';
import { PickupsController, TasksController } from './http/pickups.controller.js';
import { ReceptionsController } from './http/receptions.controller.js';
import { invariants } from './invariants.js';
import { manifestJobs } from './jobs/manifest-jobs.js';
import { manifestInvariants } from './manifest-invariants.js';
import { MANIFEST_TRANSITIONS } from './manifest/manifest-state.js';
import { DockRecords1710000000030 } from './persistence/migrations/dock-records.js';
import { IntakeTables1710000000000 } from './persistence/migrations/intake-tables.js';
import { LotsEndByState1710000000002 } from './persistence/migrations/lots-end-by-state.js';
import { ManifestTables1710000000001 } from './persistence/migrations/manifest-tables.js';
import { Notifications1710000000020 } from './persistence/migrations/notifications.js';
import { ReadingProgress1710000000040 } from './persistence/migrations/reading-progress.js';
import { notificationInvariants } from './notification-invariants.js';
import { problems } from './problems.js';
import { donor } from './projections/donor.js';
import { site } from './projections/site.js';
import { settings } from './settings.js';
import { answerOverdue, inventoryOverdue } from './sweeps/deadlines.js';
import { removeManifestFiles } from './sweeps/manifest-files.js';

/** From a company's list to devices on a bench. */
export const intakeService: ServiceDefinition = {
  name: 'intake',
  controllers: [LotsController, LotDocumentsController, ManifestsController, PickupsController, TasksController, ReceptionsController, NotificationsController],
  consumers: [IntakeConsumer],
  migrations: [IntakeTables1710000000000, ManifestTables1710000000001, LotsEndByState1710000000002, Notifications1710000000020, DockRecords1710000000030, ReadingProgress1710000000040],
  aggregates: [
    { table: 'lot', topic: 'intake.lot', transitions: LOT_TRANSITIONS },
    { table: 'manifest', topic: 'intake.manifest', transitions: MANIFEST_TRANSITIONS },
    { table: 'device', topic: 'intake.device', transitions: { '': ['received'], received: ['settled'], settled: ['received'] } },
    { table: 'pickup', topic: 'intake.pickup', transitions: { '': ['scheduled'], scheduled: ['done', 'failed'] } },
    { table: 'reception', topic: 'intake.reception', transitions: { '': ['open'], open: ['closed'] } },
    { table: 'label_roll', topic: 'intake.label-roll', transitions: { '': ['issued'] } },
  ],
  projections: [site, donor],
  parts: [
    'lot_line', 'reception_package', 'dock_refusal', 'label', 'accessory_stock', 'task', 'notification',
    'manifest_chunk', 'manifest_reading', 'manifest_part', 'manifest_refusal',
  ],
  invariants: [...invariants, ...manifestInvariants, ...notificationInvariants],
  jobs: manifestJobs,
  sweeps: [answerOverdue, inventoryOverdue, removeManifestFiles],
  problems,
  settings,
};
