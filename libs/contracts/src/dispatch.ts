import { z } from 'zod';
import { defineEvent, type ServiceName } from './event.js';
import { Count, Id } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';

export const SHIPMENT_STATES = ['planned', 'picking', 'packed', 'handed-over', 'delivered', 'failed', 'returned', 'cancelled'] as const;
/**
 * What may follow what. A shipment's state is that of its least advanced parcel, so that of several parcels some may be ahead:
 * from picking or packed it then goes on where they already are.
 */
export const SHIPMENT_TRANSITIONS: Readonly<Record<(typeof SHIPMENT_STATES)[number], readonly (typeof SHIPMENT_STATES)[number][]>> = {
  planned: ['picking', 'cancelled'],
  picking: ['packed', 'handed-over', 'failed', 'delivered', 'returned', 'cancelled'],
  packed: ['picking', 'handed-over', 'failed', 'delivered', 'returned', 'cancelled'],
  'handed-over': ['delivered', 'failed'],
  failed: ['handed-over', 'returned', 'delivered'],
  delivered: [], returned: [], cancelled: [],
};
const shipment = { shipmentId: Id, siteId: Id, structureId: Id, state: z.enum(SHIPMENT_STATES) };
const shipmentExample = { shipmentId: ID, siteId: ID, structureId: ID, state: 'planned' as const };
const shipmentEvent = (name: string) => defineEvent('dispatch.shipment', name, [], shipment, shipmentExample);
export const ShipmentPlanned = shipmentEvent('shipment-planned');
export const ShipmentChanged = shipmentEvent('shipment-changed');
export const PickingStarted = shipmentEvent('picking-started');
export const ParcelOpened = shipmentEvent('parcel-opened');
const packing = { ...shipment, parcelId: Id, itemIds: z.array(Id).max(200) };
const packingExample = { ...shipmentExample, state: 'picking' as const, parcelId: ID, itemIds: [ID] };
export const DevicePacked = defineEvent('dispatch.shipment', 'device-packed', [], packing, packingExample);
export const DeviceUnpacked = defineEvent('dispatch.shipment', 'device-unpacked', [], packing, packingExample);

/** A request: may we start picking? Inventory answers for each reservation. Key: shipment. */
export const PickingRequested = defineEvent('dispatch.shipment', 'picking-requested', ['inventory'], {
  ...shipment, reservationIds: z.array(Id).max(500),
}, { ...shipmentExample, reservationIds: [ID] });
/** A request: this item is not in its bin, give us another. */
export const SubstitutionRequested = defineEvent('dispatch.shipment', 'substitution-requested', ['inventory'], {
  ...shipment, reservationId: Id, missingItemId: Id,
}, { ...shipmentExample, state: 'picking', reservationId: ID, missingItemId: ID });

/** Parcels carry their devices with the reservation each answers to. At most 200 devices a parcel. */
const content = z.array(z.object({ itemId: Id, reservationId: Id })).max(200);
const parcel = { ...shipment, parcelId: Id, content };
const parcelExample = { ...shipmentExample, state: 'packed' as const, parcelId: ID, content: [{ itemId: ID, reservationId: ID }] };
const parcelEvent = (name: string, consumers: readonly ServiceName[]) => defineEvent('dispatch.shipment', name, consumers, parcel, parcelExample);
/** Sealed: inventory picks. */
export const ParcelSealed = parcelEvent('parcel-sealed', ['inventory']);
/** Opened again before it left (recall, cancellation): inventory takes the content back to reserved. */
export const ParcelReopened = parcelEvent('parcel-reopened', ['inventory']);
/** Left the site: inventory issues, matching ships. */
export const ParcelHandedOver = parcelEvent('parcel-handed-over', ['inventory', 'matching']);
/** Reached the structure; `missing` of the content did not. */
export const ParcelDelivered = defineEvent('dispatch.shipment', 'parcel-delivered', ['matching', 'refurbishment'], {
  ...parcel, missing: z.array(Id).max(200),
}, { ...parcelExample, state: 'delivered', missing: [] });
export const ParcelFailed = parcelEvent('parcel-failed', []);
/** A failed one left again. Who counts what is on its way has counted it when it was handed over. */
export const ParcelSentAgain = parcelEvent('parcel-sent-again', []);
/** Came back to the site. Unbroken: straight to stock; else to the workshop. The need re-opens. */
export const ParcelReturned = defineEvent('dispatch.shipment', 'parcel-returned', ['inventory', 'matching'], {
  ...parcel, sealIntact: z.boolean(),
}, { ...parcelExample, state: 'returned', sealIntact: true });

/**
 * Dispatch gives back what it no longer needs: cancelled, dropped, short. For matching `quantity` is by how much the
 * allocation becomes smaller (0 where matching or inventory said so first), and `rest` how much of it there is at the most from now on: what
 * inventory said before may come to matching after it. For inventory `items` are those to free, in the
 * bin they lie in now (null: where they were), possibly none; without `items` it frees all that the reservation still holds.
 */
export const ReservationsFreed = defineEvent('dispatch.shipment', 'reservations-freed', ['inventory', 'matching'], {
  ...shipment,
  freed: z.array(z.object({
    reservationId: Id, quantity: Count, rest: Count.optional(),
    items: z.array(z.object({ itemId: Id, bin: z.string().max(20).nullable() })).max(500).optional(),
  })).max(500),
}, { ...shipmentExample, state: 'cancelled', freed: [{ reservationId: ID, quantity: 2, items: [{ itemId: ID, bin: 'A-01' }] }] });

export const RETURN_STATES = ['requested', 'received', 'lost', 'found'] as const;
/** A device on its way may be asked back and then turn out to be missing. */
export const RETURN_TRANSITIONS: Readonly<Record<(typeof RETURN_STATES)[number], readonly (typeof RETURN_STATES)[number][]>> = {
  requested: ['received', 'lost'], lost: ['found'], received: [], found: [],
};
/** One device already delivered or on its way is asked back, has come back, or was lost and found. Key: the return. */
const ret = { returnId: Id, deviceId: Id, shipmentId: Id, reservationId: Id, siteId: Id, state: z.enum(RETURN_STATES) };
const retExample = { returnId: ID, deviceId: ID, shipmentId: ID, reservationId: ID, siteId: ID, state: 'requested' as const };
const returnEvent = (name: string, consumers: readonly ServiceName[]) => defineEvent('dispatch.return', name, consumers, ret, retExample);
export const ReturnRequested = returnEvent('return-requested', []);
export const ReturnReceived = returnEvent('return-received', ['inventory', 'refurbishment']);
/** Missing at delivery. */
export const DeliveryDeviceLost = returnEvent('delivery-device-lost', ['refurbishment', 'inventory']);
export const DeliveryDeviceFound = returnEvent('delivery-device-found', ['refurbishment']);
