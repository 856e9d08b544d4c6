import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { checkSite } from '../access.js';
import type { Change, Shipment } from '../domain/shipment.js';
import { lockShipment, saveShipment } from '../persistence/shipment.repository.js';
import { describeShipment } from '../queries/get-shipment.js';
import type { ShipmentView } from '../queries/views.js';

/** The shipment, locked, if the person may act on it. */
export async function shipmentFor(tx: Tx, shipmentId: string): Promise<Shipment> {
  const shipment = await lockShipment(tx, shipmentId);
  if (!shipment) throw new DomainError('shipment-not-found');
  checkSite(tx.actor, shipment.siteId);
  return shipment;
}

/** Locks the shipment, lets the domain decide, writes it and announces it. */
export async function changeShipment(tx: Tx, shipmentId: string, decide: (shipment: Shipment) => Change): Promise<ShipmentView> {
  const before = await shipmentFor(tx, shipmentId);
  return describeShipment(tx, await saveShipment(tx, before, decide(before)));
}

/** The same for a fact that concerns the shipment of a reservation; nothing where it is none of ours. */
export async function applyToLine(tx: Tx, shipmentId: string | undefined, decide: (shipment: Shipment) => Change): Promise<void> {
  const before = shipmentId === undefined ? undefined : await lockShipment(tx, shipmentId);
  if (before) await saveShipment(tx, before, decide(before));
}
