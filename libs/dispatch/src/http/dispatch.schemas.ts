import { dispatch } from '@lacollecte/contracts';
import { OrderedPageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { FAILURES } from '../domain/carriage.js';
import { FAULTS } from '../domain/device-return.js';
import { PARCEL_CAPACITY } from '../domain/packing.js';
import { CARRIAGES } from '../domain/shipment.js';
import { PackedView, PickListView, ReturnView, ScanResult, ShipmentSummary, ShipmentView } from '../queries/views.js';

/** Who prepares and carries shipments. */
const hands = ['operator', 'coordinator'] as const;
const readers = ['operator', 'coordinator', 'structure', 'ops', 'admin'] as const;

/** Who takes a parcel at the site, and who receives it at the structure: roles, never names. */
const TAKERS = ['driver', 'carrier', 'structure'] as const;
const RECEIVERS = ['manager', 'employee', 'volunteer', 'reception', 'other'] as const;

const shipmentId = z.object({ shipmentId: z.uuid() });
const parcelId = shipmentId.extend({ parcelId: z.uuid() });
const device = z.string().trim().min(1).max(60).describe('Label as scanned, or the id of the device.');
const occurredAt = z.iso.datetime({ offset: true }).optional();
const step = { roles: hands, status: 200, params: shipmentId, returns: ShipmentView } as const;
const parcelStep = { ...step, params: parcelId } as const;

export const listShipmentsSpec = spec({
  summary: 'Shipments, oldest first; operators see their sites, structures their own',
  roles: readers,
  query: OrderedPageQuery.extend({ siteId: z.uuid().optional(), structureId: z.uuid().optional(), needId: z.uuid().optional(), state: z.enum(dispatch.SHIPMENT_STATES).optional() }),
  returns: pageOf(ShipmentSummary),
});
export const getShipmentSpec = spec({ summary: 'A shipment with its lines, devices and parcels', roles: readers, params: shipmentId, returns: ShipmentView });
export const getPickListSpec = spec({ summary: 'What to fetch, from bin to bin', roles: hands, params: shipmentId, returns: PickListView });
export const changeCarriageSpec = spec({
  summary: 'Choose who carries it', roles: hands, ifMatch: true, params: shipmentId, body: z.object({ carriage: z.enum(CARRIAGES) }), returns: ShipmentView,
});
export const startPickingSpec = spec({ ...step, summary: 'Start picking: inventory commits the reservations' });
export const reportMissingSpec = spec({ ...step, summary: 'A device is not in its bin: ask for another', body: z.object({ device }) });
export const takeOutSpec = spec({
  ...step, summary: 'Take a device out of its parcel, into a bin', body: z.object({ device, bin: z.string().trim().min(1).max(20) }),
});
export const cancelShipmentSpec = spec({
  ...step, summary: 'Cancel what has not left; packed devices are then scanned back to a bin',
  body: z.object({ reason: z.enum(['structure-asked', 'need-ended', 'no-transport', 'planned-in-error', 'other']) }),
});

export const openParcelSpec = spec({ ...step, status: 201, summary: 'Open a parcel: the last in the answer' });
export const packDeviceSpec = spec({
  summary: 'Scan a device into an open parcel', roles: hands, status: 200, params: parcelId, body: z.object({ device, occurredAt }), returns: PackedView,
});
export const packDevicesSpec = spec({
  summary: 'Scan several devices into an open parcel; each is answered on its own',
  roles: hands, status: 200, params: parcelId,
  body: z.object({ scans: z.array(z.object({ device, occurredAt })).min(1).max(PARCEL_CAPACITY) }),
  returns: z.object({ results: z.array(ScanResult) }),
});
export const sealParcelSpec = spec({ ...parcelStep, summary: 'Seal a parcel', body: z.object({ seal: z.string().trim().min(1).max(40) }) });
export const reopenParcelSpec = spec({ ...parcelStep, summary: 'Break the seal of a parcel that has not left' });
const taken = z.object({ takenBy: z.enum(TAKERS) });
export const handOverSpec = spec({ ...parcelStep, summary: 'Hand a sealed parcel over', body: taken });
export const retrySpec = spec({ ...parcelStep, summary: 'Hand a failed parcel over again', body: taken });
export const failSpec = spec({ ...parcelStep, summary: 'The parcel could not be delivered', body: z.object({ reason: z.enum(FAILURES) }) });
export const deliverSpec = spec({
  ...parcelStep, summary: 'The parcel was delivered; the structure may say so itself', roles: [...hands, 'structure'],
  body: z.object({ receivedBy: z.enum(RECEIVERS), occurredAt, missing: z.array(device).max(PARCEL_CAPACITY).default([]) }),
});
export const returnSpec = spec({ ...parcelStep, summary: 'A failed parcel is back at the site', body: z.object({ sealIntact: z.boolean() }) });

const returnId = z.object({ returnId: z.uuid() });
const arrival = { roles: hands, status: 200, params: returnId, body: z.object({ siteId: z.uuid().optional() }), returns: ReturnView } as const;
export const listReturnsSpec = spec({
  summary: 'Devices asked back, come back, lost or found; a structure sees what it is asked to give back',
  roles: readers,
  query: OrderedPageQuery.extend({ siteId: z.uuid().optional(), state: z.enum(dispatch.RETURN_STATES).optional(), device: device.optional() }),
  returns: pageOf(ReturnView),
});
export const reportBrokenSpec = spec({
  summary: 'A device that was delivered is broken: ask to give it back. Said again, the answer is the same return', roles: ['structure', 'coordinator'],
  body: z.object({ device, fault: z.enum(FAULTS) }), returns: ReturnView,
});
export const getReturnSpec = spec({ summary: 'A return', roles: readers, params: returnId, returns: ReturnView });
export const receiveReturnSpec = spec({ ...arrival, summary: 'A device that was asked back is at the site' });
export const findDeviceSpec = spec({ ...arrival, summary: 'A device that was missing at delivery is found' });
