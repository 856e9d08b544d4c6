import { dispatch } from '@lacollecte/contracts';
import { type Change, changed, happened, type Line, type Shipment } from './shipment.js';

/** Most lines of a shipment: the request to start picking names each of them. */
export const LINES_PER_SHIPMENT = 500;

export type NewLine = Omit<Line, 'state' | 'reason'>;

export function planShipment(id: string, place: { siteId: string; structureId: string }, line: NewLine, now: Date): Change {
  const shipment: Shipment = {
    id, version: 0, state: 'planned', ...place, carriage: 'own', pickingStartedAt: null, createdAt: now,
    lines: [{ ...line, state: 'planned', reason: null }], items: [], parcels: [],
  };
  return changed(shipment, happened(dispatch.ShipmentPlanned, {}));
}

/** Whether one more line may join: only before picking began. */
export function canJoin(shipment: Shipment): boolean {
  return shipment.state === 'planned' && shipment.lines.length < LINES_PER_SHIPMENT;
}

export function joinShipment(shipment: Shipment, line: NewLine): Change {
  return changed({ ...shipment, lines: [...shipment.lines, { ...line, state: 'planned', reason: null }] });
}
