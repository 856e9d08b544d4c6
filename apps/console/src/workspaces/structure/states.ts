import type { components as Dispatch } from '../../api/generated/dispatch.js';
import type { components as Matching } from '../../api/generated/matching.js';
import type { State } from '../../palette.js';

export type Need = Matching['schemas']['Needs.inbox'];
export type Line = Need['lines'][number];
export type Explanation = NonNullable<Line['explanation']>;
export type Allocation = Matching['schemas']['Allocations.accept'];
export type Shipment = Dispatch['schemas']['Shipments.cancel'];
export type Parcel = Shipment['parcels'][number];
export type Return = Dispatch['schemas']['Returns.found'];

export const NEED: Record<Need['state'], State> = {
  submitted: 'waiting', approved: 'waiting', 'partly-allocated': 'active', allocated: 'active', fulfilled: 'done', cancelled: 'left', expired: 'left', declined: 'failed',
};
export const ALLOCATION: Record<Allocation['state'], State> = {
  proposed: 'waiting', held: 'waiting', accepted: 'active', shipped: 'active', delivered: 'done', short: 'failed', refused: 'left', expired: 'left', withdrawn: 'left',
};
export const SHIPMENT: Record<Shipment['state'], State> = {
  planned: 'waiting', picking: 'active', packed: 'active', 'handed-over': 'active', delivered: 'done', failed: 'failed', returned: 'left', cancelled: 'left',
};
export const RETURN: Record<Return['state'], State> = { requested: 'waiting', received: 'done', lost: 'failed', found: 'done' };

/** Still asked for, or on its way: it may be cancelled as far as nothing has left. */
export const isOpen = ({ state }: Need): boolean => NEED[state] === 'waiting' || NEED[state] === 'active';
