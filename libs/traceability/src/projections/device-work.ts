import { refurbishment } from '@lacollecte/contracts';
import { type Column, eventsOf, field, standing, timeOf } from './standing.js';

/** The name of an event within its service. */
const step: Column = { type: 'text', of: ({ type }) => type.split('.')[3] };

/** What the workshop says of a device, and its last step. */
export const deviceWork = standing('device_work', eventsOf('refurbishment.device'), {
  lot_id: field('lotId', 'uuid'), site_id: field('siteId', 'uuid'), step, grade: field('grade', 'text', true), label: field('label', 'text', true), category: field('category', 'text', true),
  weight_kg: field('weightKg', 'float8', true), ready_at: timeOf(refurbishment.DeviceReady), delivered_at: timeOf(refurbishment.DeviceDelivered), recycled_at: timeOf(refurbishment.DeviceRecycled),
});
