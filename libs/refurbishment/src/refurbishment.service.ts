import { refurbishment } from '@lacollecte/contracts';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { RefurbishmentConsumer } from './events/refurbishment.consumer.js';
import { BenchesController } from './http/benches.controller.js';
import { DevicesController, ScansController } from './http/devices.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { OwnDevicesController } from './http/own-devices.controller.js';
import { RulesController } from './http/rules.controller.js';
import { TasksController } from './http/tasks.controller.js';
import { invariants } from './invariants.js';
import { DevicesOfASite1710000000002 } from './persistence/migrations/devices-of-a-site.js';
import { RefurbishmentTables1710000000000 } from './persistence/migrations/refurbishment-tables.js';
import { ScanTasks1710000000001 } from './persistence/migrations/scan-tasks.js';
import { problems } from './problems.js';
import { settings } from './settings.js';
import { expireBlocksSweep } from './sweeps/expire-blocks.js';
import { matchEvidenceSweep } from './sweeps/match-evidence.js';

/** The workshop: from a received device to one that is ready, or to recycling. */
export const refurbishmentService: ServiceDefinition = {
  name: 'refurbishment',
  controllers: [DevicesController, ScansController, BenchesController, EvidenceController, RulesController, OwnDevicesController, TasksController],
  consumers: [RefurbishmentConsumer],
  migrations: [RefurbishmentTables1710000000000, ScanTasks1710000000001, DevicesOfASite1710000000002],
  aggregates: [{ table: 'device', topic: 'refurbishment.device', transitions: { '': ['received', 'rejected'], ...refurbishment.DEVICE_TRANSITIONS } }],
  projections: [],
  parts: ['identifier', 'drive_serial', 'step', 'evidence', 'rule_set', 'task'],
  invariants,
  jobs: [],
  sweeps: [expireBlocksSweep, matchEvidenceSweep],
  problems,
  settings,
};
