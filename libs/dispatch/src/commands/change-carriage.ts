import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { changeCarriage as change } from '../domain/carriage.js';
import type { Carriage } from '../domain/shipment.js';
import type { ShipmentView } from '../queries/views.js';
import { changeShipment } from './change-shipment.js';

/** Own van, carrier or fetched; `version` is the one the person was shown. */
export function changeCarriage(tx: Tx, input: { shipmentId: string; version: number; carriage: Carriage }): Promise<ShipmentView> {
  return changeShipment(tx, input.shipmentId, (shipment) => {
    if (shipment.version !== input.version) throw new DomainError('stale-version');
    return change(shipment, input.carriage);
  });
}
