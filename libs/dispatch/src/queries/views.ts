import { dispatch } from '@lacollecte/contracts';
import { z } from 'zod';
import { RETURN_REASONS } from '../domain/device-return.js';
import { CARRIAGES, ITEM_STATES, LINE_STATES, PARCEL_STATES } from '../domain/shipment.js';

const instant = z.iso.datetime().nullable();

export const DeviceView = z.object({
  deviceId: z.uuid(),
  reservationId: z.uuid(),
  label: z.string().nullable(),
  state: z.enum(ITEM_STATES),
  parcelId: z.uuid().nullable().describe('Where it lies. A device that has a parcel and is not packed must be taken out.'),
  replaces: z.uuid().nullable(),
  packedAt: instant,
  scannedAt: instant,
  returnState: z.enum(dispatch.RETURN_STATES).nullable(),
});

export const LineView = z.object({
  reservationId: z.uuid(),
  needId: z.uuid(),
  needLineId: z.uuid(),
  category: z.string(),
  grade: z.string(),
  quantity: z.int(),
  state: z.enum(LINE_STATES),
  reason: z.string().nullable(),
});

export const ParcelView = z.object({
  parcelId: z.uuid(),
  number: z.int(),
  state: z.enum(PARCEL_STATES),
  devices: z.int(),
  seal: z.string().nullable(),
  openedAt: instant, sealedAt: instant,
  handedOverAt: instant, takenBy: z.string().nullable(),
  deliveredAt: instant, receivedBy: z.string().nullable(),
  failedAt: instant, failure: z.string().nullable(),
  returnedAt: instant, sealIntact: z.boolean().nullable(),
});

const head = {
  shipmentId: z.uuid(),
  version: z.int(),
  state: z.enum(dispatch.SHIPMENT_STATES),
  siteId: z.uuid(),
  structureId: z.uuid(),
  carriage: z.enum(CARRIAGES),
  createdAt: z.iso.datetime(),
};

export const ShipmentView = z.object({
  ...head, pickingStartedAt: instant, lines: z.array(LineView), devices: z.array(DeviceView), parcels: z.array(ParcelView),
});
export type ShipmentView = z.infer<typeof ShipmentView>;

export const ShipmentSummary = z.object({ ...head, devices: z.int(), packed: z.int(), parcels: z.int() });
export type ShipmentSummary = z.infer<typeof ShipmentSummary>;

const place = { deviceId: z.uuid(), reservationId: z.uuid(), label: z.string().nullable(), category: z.string(), grade: z.string(), bin: z.string().nullable() };
export const PickListView = z.object({
  shipmentId: z.uuid(),
  version: z.int(),
  state: z.enum(dispatch.SHIPMENT_STATES),
  toPick: z.array(z.object(place)).describe('In the order of their bins.'),
  awaited: z.int().describe('Lines that inventory has not committed yet.'),
  replacements: z.array(z.object({ ...place, state: z.enum(['substituting', 'pulled']) })).describe('Not found or recalled: inventory is asked for another.'),
  toTakeOut: z.array(z.object({ ...place, state: z.enum(ITEM_STATES), parcelId: z.uuid() })).describe('They lie in a parcel and must not.'),
});
export type PickListView = z.infer<typeof PickListView>;

export const PackedView = z.object({
  deviceId: z.uuid(), label: z.string().nullable(), parcelId: z.uuid(), parcel: z.int(),
  inParcel: z.int().describe('Devices in the parcel now.'), toPick: z.int().describe('Devices of the shipment still to pick.'),
});
export type PackedView = z.infer<typeof PackedView>;

export const ScanResult = z.object({
  scanned: z.string(),
  packed: PackedView.nullable(),
  problem: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
});
export type ScanResult = z.infer<typeof ScanResult>;

export const ReturnView = z.object({
  returnId: z.uuid(), version: z.int(), state: z.enum(dispatch.RETURN_STATES), deviceId: z.uuid(), label: z.string().nullable(), shipmentId: z.uuid(),
  structureId: z.uuid(), siteId: z.uuid(), reason: z.enum(RETURN_REASONS), reasonText: z.object({ fr: z.string(), en: z.string() }).describe('The reason in words.'), createdAt: z.iso.datetime(),
});
export type ReturnView = z.infer<typeof ReturnView>;
