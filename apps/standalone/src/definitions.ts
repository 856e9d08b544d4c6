import { directoryService } from '@lacollecte/directory';
import { dispatch } from '@lacollecte/dispatch';
import { intake } from '@lacollecte/intake';
import { inventory } from '@lacollecte/inventory';
import { matching } from '@lacollecte/matching';
import { refurbishment } from '@lacollecte/refurbishment';
import type { ServiceDefinition } from '@lacollecte/runtime';

/** Everything that runs in the one process. */
export const DEFINITIONS: readonly ServiceDefinition[] = [directoryService, intake, refurbishment, inventory, matching, dispatch];
