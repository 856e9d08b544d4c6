import { dispatch, type EventData, type EventDefinition } from '@lacollecte/contracts';

export type ShipmentState = (typeof dispatch.SHIPMENT_STATES)[number];

export const CARRIAGES = ['own', 'carrier', 'fetched'] as const;
/** By our own van, by a carrier, or fetched by the structure. */
export type Carriage = (typeof CARRIAGES)[number];

export const LINE_STATES = ['planned', 'requested', 'committed', 'dropped'] as const;
/** `requested`: inventory was asked to commit its reservation; `dropped`: nothing of it is to be sent any more. */
export type LineState = (typeof LINE_STATES)[number];

/** One accepted allocation. Its id is the allocation's, and so the reservation's. */
export interface Line {
  readonly id: string;
  readonly needId: string;
  readonly needLineId: string;
  readonly category: string;
  readonly grade: string;
  /** Devices still to reach the structure, or that did. */
  readonly quantity: number;
  readonly state: LineState;
  /** Why it was dropped. */
  readonly reason: string | null;
}

export const ITEM_STATES = ['to-pick', 'packed', 'substituting', 'pulled', 'substituted', 'short', 'dropped'] as const;
/**
 * `substituting` (not found) and `pulled` (recalled) wait for inventory's answer and become `substituted` or `short`.
 * Whatever its state, an item that has a parcel lies in it: one that is not `packed` must be taken out.
 */
export type ItemState = (typeof ITEM_STATES)[number];

/** One device that inventory reserved for a line. Its id is the device's. */
export interface Item {
  readonly lineId: string;
  readonly itemId: string;
  readonly state: ItemState;
  readonly bin: string | null;
  readonly parcelId: string | null;
  /** The item it stands in for. */
  readonly replaces: string | null;
  readonly packedAt: Date | null;
  /** The scanner's own clock, shown only. */
  readonly scannedAt: Date | null;
  /** From the device's record here: null until it is known. */
  readonly label: string | null;
  readonly recalled: boolean;
}

export const PARCEL_STATES = ['open', 'packed', 'handed-over', 'delivered', 'failed', 'returned', 'cancelled'] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];

/** What may follow what, for a parcel. */
export const PARCEL_TRANSITIONS: Readonly<Record<ParcelState, readonly ParcelState[]>> = {
  open: ['packed', 'cancelled'],
  packed: ['open', 'handed-over', 'cancelled'],
  'handed-over': ['delivered', 'failed'],
  failed: ['handed-over', 'returned'],
  delivered: [], returned: [], cancelled: [],
};

export interface Parcel {
  readonly id: string;
  /** 1, 2 … in its shipment. */
  readonly number: number;
  readonly state: ParcelState;
  readonly seal: string | null;
  readonly openedAt: Date;
  readonly sealedAt: Date | null;
  readonly handedOverAt: Date | null;
  /** Who took it, by role: no name is kept. */
  readonly takenBy: string | null;
  readonly deliveredAt: Date | null;
  readonly receivedBy: string | null;
  readonly failedAt: Date | null;
  readonly failure: string | null;
  readonly returnedAt: Date | null;
  readonly sealIntact: boolean | null;
}

/** What goes from one site to one structure together. */
export interface Shipment {
  readonly id: string;
  readonly version: number;
  readonly state: ShipmentState;
  readonly siteId: string;
  readonly structureId: string;
  readonly carriage: Carriage;
  readonly pickingStartedAt: Date | null;
  readonly createdAt: Date;
  readonly lines: readonly Line[];
  readonly items: readonly Item[];
  readonly parcels: readonly Parcel[];
}

/** What happened, without what every event of a shipment carries. */
export interface Happened {
  readonly definition: EventDefinition;
  readonly data: Readonly<Record<string, unknown>>;
}

type Common = 'shipmentId' | 'siteId' | 'structureId' | 'state';

export function happened<D extends EventDefinition>(definition: D, data: Omit<EventData<D>, Common>): Happened {
  return { definition, data: data as Record<string, unknown> };
}

/** The next state and what happened; without events nothing has changed. */
export interface Change {
  readonly shipment: Shipment;
  readonly events: readonly Happened[];
}

export function unchanged(shipment: Shipment): Change {
  return { shipment, events: [] };
}

/** The change with the state that its parcels now give; says `ShipmentChanged` where nothing more telling happened. */
export function changed(shipment: Shipment, ...events: Happened[]): Change {
  return {
    shipment: { ...shipment, state: shipmentState(shipment) },
    events: events.length > 0 ? events : [happened(dispatch.ShipmentChanged, {})],
  };
}

const LEFT: ReadonlySet<ParcelState> = new Set(['handed-over', 'failed', 'delivered', 'returned']);

export function hasLeft(parcel: Parcel): boolean {
  return LEFT.has(parcel.state);
}

/** Devices of a parcel that are meant to be in it. */
export function contentOf(shipment: Shipment, parcelId: string): { itemId: string; reservationId: string }[] {
  return shipment.items.filter((i) => i.parcelId === parcelId && i.state === 'packed').map((i) => ({ itemId: i.itemId, reservationId: i.lineId }));
}

/** Whether the item left with its parcel: what is decided later concerns its return, not its packing. */
export function itemHasLeft(shipment: Shipment, item: Item): boolean {
  return item.state === 'packed' && shipment.parcels.some((p) => p.id === item.parcelId && hasLeft(p));
}

const HOLDING: ReadonlySet<ItemState> = new Set(['to-pick', 'packed', 'substituting', 'pulled']);

/** Whether the item stands for a device that is still to be sent from here. */
export function isHere(shipment: Shipment, item: Item): boolean {
  return HOLDING.has(item.state) && !itemHasLeft(shipment, item);
}

/** The device's present part in the shipment: it may have been freed by one line, or have come back, and been granted to another. */
export function currentItem(shipment: Shipment, itemId: string): Item | undefined {
  const all = shipment.items.filter((item) => item.itemId === itemId);
  return all.find((item) => isHere(shipment, item)) ?? all.find((item) => item.parcelId !== null) ?? all.at(-1);
}

const PENDING: ReadonlySet<ItemState> = new Set(['to-pick', 'substituting', 'pulled']);

/** Read from lines and parcels: the least advanced decides; `cancelled` where nothing is left to send. */
export function shipmentState(shipment: Shipment): ShipmentState {
  if (!shipment.pickingStartedAt) return shipment.lines.some((line) => line.state !== 'dropped') ? 'planned' : 'cancelled';
  const filled = new Set(shipment.items.filter((item) => item.state === 'packed').map((item) => item.parcelId));
  const states = new Set(shipment.parcels.filter((parcel) => filled.has(parcel.id)).map((parcel) => parcel.state));
  const awaited = shipment.lines.some((line) => line.state === 'planned' || line.state === 'requested');
  if (awaited || shipment.items.some((item) => PENDING.has(item.state)) || states.has('open')) return 'picking';
  return (['packed', 'failed', 'handed-over', 'delivered', 'returned'] as const).find((state) => states.has(state)) ?? 'cancelled';
}

export function withLine(shipment: Shipment, line: Line): Shipment {
  return { ...shipment, lines: shipment.lines.map((other) => (other.id === line.id ? line : other)) };
}

export function withItem(shipment: Shipment, item: Item): Shipment {
  return { ...shipment, items: shipment.items.map((other) => (other.itemId === item.itemId && other.lineId === item.lineId ? item : other)) };
}

export function withParcel(shipment: Shipment, parcel: Parcel): Shipment {
  return { ...shipment, parcels: shipment.parcels.map((other) => (other.id === parcel.id ? parcel : other)) };
}
