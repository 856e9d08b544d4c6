import type { paths } from '../../api/generated/dispatch.js';
import type { State } from '../../palette.js';

export type Shipment = paths['/api/dispatch/shipments/{shipmentId}']['get']['responses'][200]['content']['application/json'];
export type Parcel = Shipment['parcels'][number];

export const SHIPMENT_STATES: Record<Shipment['state'], State> = {
  planned: 'waiting', picking: 'active', packed: 'active', 'handed-over': 'active', failed: 'failed', returned: 'failed', delivered: 'done', cancelled: 'left',
};
export const PARCEL_STATES: Record<Parcel['state'], State> = { open: 'active', packed: 'active', 'handed-over': 'active', delivered: 'done', failed: 'failed', returned: 'failed', cancelled: 'left' };
