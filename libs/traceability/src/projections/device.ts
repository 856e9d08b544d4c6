import { intake } from '@lacollecte/contracts';
import { eventsOf, field, standing, timeOf } from './standing.js';

/** What intake says of a device: whose it was and how it is known. Serial and IMEI are as they were scanned in; later corrections stay with the workshop. */
export const device = standing('device', eventsOf('intake.device'), {
  lot_id: field('lotId', 'uuid', true), donor_id: field('donorId', 'uuid', true), site_id: field('siteId', 'uuid', true), label: field('label', 'text', true),
  category: field('category', 'text', true), maker: field('maker', 'text', true), model: field('model', 'text', true), serial: field('serial', 'text', true), imei: field('imei', 'text', true),
  outcome: field('outcome', 'text'), received_at: timeOf(intake.DeviceReceived),
});
