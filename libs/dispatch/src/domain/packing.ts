import { dispatch, DomainError } from '@lacollecte/contracts';
import { freeing } from './freeing.js';
import {
  type Change, changed, contentOf, currentItem, happened, hasLeft, type Item, itemHasLeft, type Parcel, type Shipment, unchanged, withItem, withParcel,
} from './shipment.js';

/** Most devices of a parcel: the events of a parcel name each of them. */
export const PARCEL_CAPACITY = 200;

export function parcelOf(shipment: Shipment, parcelId: string): Parcel {
  const parcel = shipment.parcels.find((p) => p.id === parcelId);
  if (!parcel) throw new DomainError('parcel-not-found');
  return parcel;
}

/** A new empty parcel. */
export function openParcel(shipment: Shipment, id: string, now: Date): Change {
  if (!['picking', 'packed'].includes(shipment.state)) throw new DomainError('shipment-not-picking', { state: shipment.state });
  const number = shipment.parcels.length + 1;
  if (number > 200) throw new DomainError('too-many-parcels');
  const parcel: Parcel = {
    id, number, state: 'open', seal: null, openedAt: now, sealedAt: null, handedOverAt: null, takenBy: null, deliveredAt: null,
    receivedBy: null, failedAt: null, failure: null, returnedAt: null, sealIntact: null,
  };
  return changed({ ...shipment, parcels: [...shipment.parcels, parcel] }, happened(dispatch.ParcelOpened, {}));
}

/** Whether the item lies in a parcel at the site. */
function lies(shipment: Shipment, item: Item): boolean {
  return item.parcelId !== null && !hasLeft(parcelOf(shipment, item.parcelId));
}

/** Why a device may not go into this parcel; undefined where it may or lies in it already. */
function refusal(shipment: Shipment, parcel: Parcel, itemId: string): DomainError | undefined {
  const item = currentItem(shipment, itemId);
  if (!item || item.state === 'dropped' || itemHasLeft(shipment, item)) return new DomainError('device-not-of-shipment');
  if (item.recalled) return new DomainError('device-recalled');
  if (item.state === 'packed') {
    const holder = parcelOf(shipment, item.parcelId ?? '');
    return holder.id === parcel.id ? undefined : new DomainError('device-already-packed', { parcel: holder.number });
  }
  if (item.state !== 'to-pick') return new DomainError('device-not-to-pick', { state: item.state });
  const before = shipment.items.find((other) => other.itemId === itemId && lies(shipment, other));
  return before ? new DomainError('device-to-take-out', { parcel: parcelOf(shipment, before.parcelId ?? '').number }) : undefined;
}

export interface Scan {
  readonly itemId: string;
  readonly scannedAt: Date | null;
}

/** One answer a scan: the refusal, or undefined where the device is in the parcel now. */
export type ScanAnswer = DomainError | undefined;

/** Puts scanned devices into an open parcel; each is answered on its own. A device that is in it already is answered as before. */
export function packDevices(shipment: Shipment, parcelId: string, scans: readonly Scan[], now: Date): Change & { answers: ScanAnswer[] } {
  const parcel = parcelOf(shipment, parcelId);
  let next = shipment;
  const packed: string[] = [];
  let room = PARCEL_CAPACITY - contentOf(shipment, parcelId).length;
  const answers = scans.map(({ itemId, scannedAt }): ScanAnswer => {
    const refused = refusal(next, parcel, itemId);
    if (refused) return refused;
    const item = currentItem(next, itemId) as Item;
    if (item.state === 'packed') return undefined;
    if (parcel.state !== 'open') return new DomainError('parcel-not-open', { parcel: parcel.number, state: parcel.state });
    if (room === 0) return new DomainError('parcel-full', { parcel: parcel.number, capacity: PARCEL_CAPACITY });
    room -= 1;
    packed.push(itemId);
    next = withItem(next, { ...item, state: 'packed', parcelId, packedAt: now, scannedAt });
    return undefined;
  });
  const change = packed.length > 0 ? changed(next, happened(dispatch.DevicePacked, { parcelId, itemIds: packed })) : unchanged(shipment);
  return { ...change, answers };
}

/**
 * A device comes out of a parcel that is at the site, into a bin: a packed one waits to be picked again, a dropped one goes back to
 * stock, a recalled or replaced one stays out.
 */
export function takeOut(shipment: Shipment, itemId: string, bin: string): Change {
  const inside = shipment.items.filter((i) => i.itemId === itemId && i.parcelId !== null);
  const item = inside.find((i) => lies(shipment, i)) ?? inside[0];
  if (!item) {
    if (shipment.items.some((i) => i.itemId === itemId && i.bin === bin)) return unchanged(shipment);
    throw new DomainError('device-not-in-parcel');
  }
  const parcel = parcelOf(shipment, item.parcelId ?? '');
  if (hasLeft(parcel)) throw new DomainError('parcel-has-left', { parcel: parcel.number, state: parcel.state });
  if (parcel.state === 'packed') throw new DomainError('parcel-sealed', { parcel: parcel.number });
  const out: Item = { ...item, state: item.state === 'packed' ? 'to-pick' : item.state, parcelId: null, bin, packedAt: null, scannedAt: null };
  const next = withItem(shipment, out);
  const freed = out.state === 'dropped' ? freeing([{ reservationId: item.lineId, quantity: 0, items: [{ itemId, bin }] }]) : [];
  return changed(next, happened(dispatch.DeviceUnpacked, { parcelId: parcel.id, itemIds: [itemId] }), ...freed);
}

/** Closes a parcel with a numbered seal: inventory picks its content. */
export function sealParcel(shipment: Shipment, parcelId: string, seal: string, now: Date): Change {
  const parcel = parcelOf(shipment, parcelId);
  if (parcel.state === 'packed' && parcel.seal === seal) return unchanged(shipment);
  if (parcel.state !== 'open') throw new DomainError('parcel-not-open', { parcel: parcel.number, state: parcel.state });
  const inside = shipment.items.filter((item) => item.parcelId === parcelId);
  if (inside.some((item) => item.recalled)) throw new DomainError('recalled-device-in-parcel', { parcel: parcel.number });
  if (inside.some((item) => item.state !== 'packed')) throw new DomainError('device-to-take-out', { parcel: parcel.number });
  if (inside.length === 0) throw new DomainError('parcel-empty', { parcel: parcel.number });
  const next = withParcel(shipment, { ...parcel, state: 'packed', seal, sealedAt: now });
  return changed(next, happened(dispatch.ParcelSealed, { parcelId, content: contentOf(next, parcelId) }));
}

/** The seal is broken before the parcel left: its devices are reserved again, in the open parcel. */
export function reopenParcel(shipment: Shipment, parcelId: string): Change {
  const parcel = parcelOf(shipment, parcelId);
  if (parcel.state === 'open') return unchanged(shipment);
  if (parcel.state !== 'packed') throw new DomainError('parcel-not-packed', { parcel: parcel.number, state: parcel.state });
  const next = withParcel(shipment, { ...parcel, state: 'open', seal: null, sealedAt: null });
  return changed(next, happened(dispatch.ParcelReopened, { parcelId, content: contentOf(shipment, parcelId) }));
}
