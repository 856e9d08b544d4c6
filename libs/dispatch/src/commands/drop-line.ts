import type { Tx } from '@lacollecte/database';
import { dropLine as drop } from '../domain/withdrawal.js';
import { shipmentOfLine } from '../persistence/shipment.repository.js';
import { voidAllocation } from './allocation-mark.js';
import { applyToLine } from './change-shipment.js';

/**
 * The allocation or its reservation has ended elsewhere: remembered, and before hand-over its line is dropped. `free`: what we hold of
 * it is given back (inventory does not know yet).
 */
export async function dropLine(tx: Tx, input: { allocationId: string; reason: string; free: boolean }): Promise<void> {
  await voidAllocation(tx, input.allocationId, input.reason);
  const shipmentId = await shipmentOfLine(tx, input.allocationId);
  await applyToLine(tx, shipmentId, (shipment) => drop(shipment, input.allocationId, input.reason, input.free));
}
