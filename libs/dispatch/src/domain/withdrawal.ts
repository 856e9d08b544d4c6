import { dispatch, DomainError } from '@lacollecte/contracts';
import { type Freed, freeing } from './freeing.js';
import { askInstead, shrink } from './picking.js';
import {
  type Change, changed, contentOf, happened, hasLeft, type Happened, isHere, type Item, itemHasLeft, type Line, type Shipment, unchanged, withItem, withLine, withParcel,
} from './shipment.js';

/** Opens the sealed parcel that an item must leave; nothing where it is open already or the item lies in none. */
function openAround(shipment: Shipment, item: Item): { shipment: Shipment; events: Happened[] } {
  const parcel = shipment.parcels.find((p) => p.id === item.parcelId);
  if (parcel?.state !== 'packed') return { shipment, events: [] };
  const event = happened(dispatch.ParcelReopened, { parcelId: parcel.id, content: contentOf(shipment, parcel.id) });
  return { shipment: withParcel(shipment, { ...parcel, state: 'open', seal: null, sealedAt: null }), events: [event] };
}

/**
 * Lets go of all of a line that has not left. What lies in its bin is freed at once; what is in a parcel is freed when it is scanned
 * back to a bin (`takeOut`). `lost` is by how many devices the line became smaller.
 */
function letGo(shipment: Shipment, line: Line, reason: string): { shipment: Shipment; events: Happened[]; freed: Freed; lost: number } {
  const items = shipment.items.filter((item) => item.lineId === line.id && isHere(shipment, item));
  let next = shipment;
  const events: Happened[] = [];
  for (const item of items) {
    const opened = openAround(next, item);
    next = withItem(opened.shipment, { ...item, state: 'dropped' });
    events.push(...opened.events);
  }
  const left = shipment.items.filter((item) => item.lineId === line.id && itemHasLeft(shipment, item)).length;
  next = withLine(next, left > 0 ? { ...line, quantity: left } : { ...line, quantity: 0, state: 'dropped', reason: line.reason ?? reason });
  const lost = line.quantity - left;
  const freed: Freed = { reservationId: line.id, quantity: 0 };
  if (line.state === 'committed') freed.items = items.filter((i) => i.state === 'to-pick').map(({ itemId, bin }) => ({ itemId, bin }));
  return { shipment: next, events, freed, lost };
}

/**
 * The line is void by what another service said (allocation refused or withdrawn, reservation released, expired or not committed).
 * Before hand-over it is dropped and, where `free`, what it holds is given back; what has left stands.
 */
export function dropLine(shipment: Shipment, lineId: string, reason: string, free: boolean): Change {
  const line = shipment.lines.find((l) => l.id === lineId);
  if (!line || line.state === 'dropped') return unchanged(shipment);
  const gone = letGo(shipment, line, reason);
  if (gone.lost === 0 && gone.events.length === 0 && line.state === 'committed') return unchanged(shipment);
  return changed(gone.shipment, happened(dispatch.ShipmentChanged, {}), ...gone.events, ...(free ? freeing([gone.freed]) : []));
}

/** All that has not left stays: parcels are opened, devices scanned back to a bin, reservations freed. */
export function cancelShipment(shipment: Shipment, reason: string): Change {
  if (shipment.state === 'cancelled') return unchanged(shipment);
  if (!['planned', 'picking', 'packed'].includes(shipment.state)) throw new DomainError('shipment-has-left', { state: shipment.state });
  let next = shipment;
  const events: Happened[] = [];
  const freed: Freed[] = [];
  for (const line of shipment.lines) {
    const gone = letGo(next, line, reason);
    next = gone.shipment;
    events.push(...gone.events);
    if (gone.lost > 0) freed.push({ ...gone.freed, quantity: gone.lost, rest: line.quantity - gone.lost });
  }
  const parcels = next.parcels.map((parcel) => (hasLeft(parcel) ? parcel : { ...parcel, state: 'cancelled' as const, seal: null, sealedAt: null }));
  return changed({ ...next, parcels }, happened(dispatch.ShipmentChanged, {}), ...events, ...freeing(freed));
}

/** Before it left: out of its parcel, and inventory is asked for another in its place. */
function pull(shipment: Shipment, item: Item): Change {
  const opened = openAround(shipment, item);
  const pulled = withItem(opened.shipment, { ...item, state: 'pulled' });
  return changed(pulled, happened(dispatch.ShipmentChanged, {}), ...opened.events, askInstead(item));
}

function isPullable(shipment: Shipment, item: Item): boolean {
  return (item.state === 'to-pick' || item.state === 'packed') && isHere(shipment, item);
}

/**
 * Inventory took a recalled item out of the reservation. Once committed it is for us to have it replaced; before, matching makes the
 * allocation smaller.
 */
export function withdrawItem(shipment: Shipment, withdrawn: { reservationId: string; itemId: string; remaining: number }): Change {
  const line = shipment.lines.find((l) => l.id === withdrawn.reservationId);
  if (!line || line.state === 'dropped') return unchanged(shipment);
  if (line.state !== 'committed') return withdrawn.remaining < line.quantity ? changed(shrink(shipment, line)) : unchanged(shipment);
  const item = shipment.items.find((i) => i.lineId === line.id && i.itemId === withdrawn.itemId);
  return item && isPullable(shipment, item) ? pull(shipment, item) : unchanged(shipment);
}

/** A device of it must come back: what has left stands, and its return is another matter. */
export function recallItem(shipment: Shipment, itemId: string): Change {
  const item = shipment.items.find((i) => i.itemId === itemId && isPullable(shipment, i));
  return item ? pull(shipment, { ...item, recalled: true }) : unchanged(shipment);
}
