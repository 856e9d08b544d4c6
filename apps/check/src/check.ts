import type { ServiceName } from '@lacollecte/contracts';
import { directoryService } from '@lacollecte/directory';
import { dispatchService } from '@lacollecte/dispatch';
import { intakeService } from '@lacollecte/intake';
import { inventoryService } from '@lacollecte/inventory';
import { matchingService } from '@lacollecte/matching';
import { refurbishmentService } from '@lacollecte/refurbishment';
import { traceabilityService } from '@lacollecte/traceability';
import { allocationRules } from './entities/allocations.js';
import { deviceRules } from './entities/devices.js';
import { flowRules } from './flow-rules.js';
import { historyRules, serviceRules } from './history-rules.js';
import type { Report } from './report.js';
import { Snapshot } from './snapshot.js';

/** Every service of the system, with what must hold within it. */
export const SERVICES = [directoryService, intakeService, refurbishmentService, inventoryService, matchingService, dispatchService, traceabilityService];

/** Applies every rule to one snapshot of each database. @throws OutOfReach */
export async function check(urls: ReadonlyMap<ServiceName, string>): Promise<Report> {
  const snapshot = await Snapshot.take(urls);
  try {
    const within = await Promise.all(SERVICES.map(async (service) => [...(await historyRules(snapshot, service)), ...(await serviceRules(snapshot, service))]));
    const flow = await flowRules(snapshot);
    const across = [...(await deviceRules(snapshot, flow.named)), ...(await allocationRules(snapshot, flow.named))];
    return { rules: [...within.flat(), ...flow.results, ...across], inFlight: flow.inFlight };
  } finally {
    await snapshot.release();
  }
}
