import { inventory } from '@lacollecte/contracts';
import { eventsOf, field, standing, timeOf } from './standing.js';

/** Where a device stands in stock: an item's id is its device's. */
export const item = standing('item', eventsOf('inventory.item'), {
  site_id: field('siteId', 'uuid'), category: field('category', 'text'), grade: field('grade', 'text'), reservation_id: field('reservationId', 'uuid'), stocked_at: timeOf(inventory.ItemStocked),
});
