import type { paths } from '../../../api/generated/dispatch.js';
import type { State } from '../../../palette.js';

type Json<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } } ? Body : never;

export type Shipment = Json<'/api/dispatch/shipments/{shipmentId}'>;
export type Parcel = Shipment['parcels'][number];
export type PickList = Json<'/api/dispatch/shipments/{shipmentId}/pick-list'>;
export type Packed = paths['/api/dispatch/shipments/{shipmentId}/parcels/{parcelId}/scans']['post']['responses'][200]['content']['application/json'];

export const PARCEL_LOOKS: Readonly<Record<Parcel['state'], State>> = { open: 'active', packed: 'done', 'handed-over': 'done', delivered: 'done', failed: 'failed', returned: 'failed', cancelled: 'left' };
export const SHIPMENT_LOOKS: Readonly<Record<Shipment['state'], State>> = { planned: 'waiting', picking: 'active', packed: 'done', 'handed-over': 'done', delivered: 'done', failed: 'failed', returned: 'failed', cancelled: 'left' };
export const TAKERS = ['driver', 'carrier', 'structure'] as const;
