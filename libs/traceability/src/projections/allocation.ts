import { matching } from '@lacollecte/contracts';
import { eventsOf, field, standing, timeOf } from './standing.js';

/** For whom: an allocation's id is its reservation's. */
export const allocation = standing('allocation', eventsOf('matching.allocation'), {
  need_id: field('needId', 'uuid'), structure_id: field('structureId', 'uuid'), category: field('category', 'text'), quantity: field('quantity', 'int'), delivered_at: timeOf(matching.AllocationDelivered),
});
