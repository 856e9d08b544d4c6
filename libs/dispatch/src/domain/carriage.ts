import { dispatch, DomainError, type EventDefinition } from '@lacollecte/contracts';
import { parcelOf } from './packing.js';
import { type Change, changed, contentOf, happened, type Parcel, type ParcelState, PARCEL_TRANSITIONS, type Shipment, unchanged, withParcel } from './shipment.js';

/** Moves a parcel on; `details` are what its new state brings. */
function move(shipment: Shipment, parcel: Parcel, to: ParcelState, details: Partial<Parcel>, definition: EventDefinition, data: Record<string, unknown> = {}): Change {
  if (!PARCEL_TRANSITIONS[parcel.state].includes(to)) throw new DomainError('parcel-not-in-state', { parcel: parcel.number, state: parcel.state });
  const next = withParcel(shipment, { ...parcel, ...details, state: to });
  return changed(next, { definition, data: { parcelId: parcel.id, content: contentOf(shipment, parcel.id), ...data } });
}

/** It leaves the site. `takenBy` is a role. No recalled device leaves. */
export function handOverParcel(shipment: Shipment, parcelId: string, takenBy: string, now: Date): Change {
  return leave(shipment, parcelId, 'packed', dispatch.ParcelHandedOver, takenBy, now);
}

/** A failed parcel leaves again. */
export function retryParcel(shipment: Shipment, parcelId: string, takenBy: string, now: Date): Change {
  return leave(shipment, parcelId, 'failed', dispatch.ParcelSentAgain, takenBy, now);
}

function leave(shipment: Shipment, parcelId: string, from: ParcelState, definition: EventDefinition, takenBy: string, now: Date): Change {
  const parcel = parcelOf(shipment, parcelId);
  if (parcel.state === 'handed-over') return unchanged(shipment);
  if (parcel.state !== from) throw new DomainError('parcel-not-in-state', { parcel: parcel.number, state: parcel.state });
  if (shipment.items.some((item) => item.parcelId === parcelId && item.recalled)) throw new DomainError('recalled-device-in-parcel', { parcel: parcel.number });
  return move(shipment, parcel, 'handed-over', { handedOverAt: now, takenBy, failedAt: null, failure: null }, definition);
}

/** It reached the structure, `missing` of its devices did not. `receivedBy` is a role. Said again alike, it is answered as before. */
export function deliverParcel(
  shipment: Shipment,
  parcelId: string,
  delivery: { at: Date; receivedBy: string; missing: readonly string[]; missingBefore: ReadonlySet<string> },
): Change {
  const parcel = parcelOf(shipment, parcelId);
  const missing = [...new Set(delivery.missing)];
  const content = new Set(contentOf(shipment, parcelId).map((c) => c.itemId));
  if (missing.some((itemId) => !content.has(itemId))) throw new DomainError('missing-not-in-parcel', { parcel: parcel.number });
  if (parcel.state === 'delivered') {
    const before = [...content].filter((itemId) => delivery.missingBefore.has(itemId));
    if (before.length === missing.length && missing.every((itemId) => delivery.missingBefore.has(itemId))) return unchanged(shipment);
    throw new DomainError('parcel-delivered-otherwise', { parcel: parcel.number, missing: before.length });
  }
  return move(shipment, parcel, 'delivered', { deliveredAt: delivery.at, receivedBy: delivery.receivedBy }, dispatch.ParcelDelivered, { missing });
}

export const FAILURES = ['nobody-there', 'refused', 'wrong-address', 'no-access', 'vehicle', 'damaged', 'other'] as const;

/** It could not be delivered: it is tried again or comes back. */
export function failParcel(shipment: Shipment, parcelId: string, failure: string, now: Date): Change {
  const parcel = parcelOf(shipment, parcelId);
  if (parcel.state === 'failed' && parcel.failure === failure) return unchanged(shipment);
  return move(shipment, parcel, 'failed', { failedAt: now, failure }, dispatch.ParcelFailed);
}

/** It is back at the site: with its seal unbroken to stock, else to the workshop. */
export function returnParcel(shipment: Shipment, parcelId: string, sealIntact: boolean, now: Date): Change {
  const parcel = parcelOf(shipment, parcelId);
  if (parcel.state === 'returned' && parcel.sealIntact === sealIntact) return unchanged(shipment);
  return move(shipment, parcel, 'returned', { returnedAt: now, sealIntact }, dispatch.ParcelReturned, { sealIntact });
}

/** Who carries it, as long as something of it is at the site. */
export function changeCarriage(shipment: Shipment, carriage: Shipment['carriage']): Change {
  if (!['planned', 'picking', 'packed'].includes(shipment.state)) throw new DomainError('shipment-has-left', { state: shipment.state });
  return shipment.carriage === carriage ? unchanged(shipment) : changed({ ...shipment, carriage }, happened(dispatch.ShipmentChanged, {}));
}
