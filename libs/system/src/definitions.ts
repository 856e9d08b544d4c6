import { directoryService } from '@lacollecte/directory';
import { dispatchService } from '@lacollecte/dispatch';
import { intakeService } from '@lacollecte/intake';
import { inventoryService } from '@lacollecte/inventory';
import { matchingService } from '@lacollecte/matching';
import { refurbishmentService } from '@lacollecte/refurbishment';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { traceabilityService } from '@lacollecte/traceability';

/** Every service there is. */
export const DEFINITIONS: readonly ServiceDefinition[] = [
  directoryService, intakeService, refurbishmentService, inventoryService, matchingService, dispatchService, traceabilityService,
];
