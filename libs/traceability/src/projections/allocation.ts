import { matching } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding, since } from './fold.js';

const TABLE = folded('insert into allocation', { state: 'text', since: 'timestamptz', need_id: 'uuid', structure_id: 'uuid' });
const TOLD = [
  matching.AllocationProposed, matching.AllocationHeld, matching.AllocationShort, matching.AllocationAccepted, matching.AllocationRefused, matching.AllocationWithdrawn,
  matching.AllocationExpired, matching.AllocationShipped, matching.AllocationDelivered, matching.AllocationReduced,
];

interface Row {
  readonly state: string;
  readonly since: Date;
}

/** For whom a reservation is: its id is the reservation's. */
export const allocation = new Projection(
  'allocation',
  folding(TABLE, TOLD, (row: Row | undefined, { data, occurredAt }) => ({
    state: data.state, since: since(row && { was: row.state, since: row.since }, data.state, occurredAt), need_id: data.needId, structure_id: data.structureId,
  })),
);
