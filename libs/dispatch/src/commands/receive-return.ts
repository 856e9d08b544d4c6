import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { checkSite } from '../access.js';
import { moveReturn, type ReturnState } from '../domain/device-return.js';
import { contentOf } from '../domain/shipment.js';
import { lockReturn, saveReturn } from '../persistence/device-return.repository.js';
import { lockShipment } from '../persistence/shipment.repository.js';
import { getReturn } from '../queries/list-returns.js';
import type { ReturnView } from '../queries/views.js';

export interface ReturnInput {
  readonly returnId: string;
  /** Where it is now; the site it was sent from unless said. */
  readonly siteId?: string;
}

async function arrive(tx: Tx, input: ReturnInput, to: ReturnState): Promise<ReturnView> {
  const shipment = await lockShipment(tx, input.returnId, 'return');
  const current = await lockReturn(tx, input.returnId);
  if (!shipment || !current) throw new DomainError('return-not-found');
  const siteId = input.siteId ?? current.siteId;
  checkSite(tx.actor, siteId);
  const travelling = shipment.parcels.filter((p) => p.state === 'handed-over' || p.state === 'failed');
  const parcel = travelling.find((p) => contentOf(shipment, p.id).some((device) => device.itemId === current.deviceId));
  if (parcel) throw new DomainError('parcel-on-its-way', { parcel: parcel.number });
  const moved = moveReturn(current, to, siteId);
  if (moved) await saveReturn(tx, moved);
  return getReturn(tx, current.id);
}

/** A device that was asked back is at the site: the workshop opens every check again. */
export function receiveReturn(tx: Tx, input: ReturnInput): Promise<ReturnView> {
  return arrive(tx, input, 'received');
}

/** A device that was missing at delivery has turned up. */
export function findDevice(tx: Tx, input: ReturnInput): Promise<ReturnView> {
  return arrive(tx, input, 'found');
}
