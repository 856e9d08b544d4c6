import { eventsOf, field, standing } from './standing.js';

/** Until when what is promised is held. */
export const reservation = standing('reservation', eventsOf('inventory.reservation'), { site_id: field('siteId', 'uuid'), expires_at: field('expiresAt', 'timestamptz') });
