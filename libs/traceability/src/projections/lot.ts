import { intake } from '@lacollecte/contracts';
import { eventsOf, field, standing, timeOf } from './standing.js';

/** How each lot stands. */
export const lot = standing('lot', eventsOf('intake.lot'), {
  donor_id: field('donorId', 'uuid'), site_id: field('siteId', 'uuid'), declared: field('declared', 'int'), declined: field('declined', 'int'), received: field('received', 'int'),
  refused: field('refused', 'int'), missing: field('missing', 'int'), awaited: field('awaited', 'int'), unexpected: field('unexpected', 'int'),
  submitted_at: timeOf(intake.LotSubmitted), accepted_at: timeOf(intake.LotAccepted), received_at: timeOf(intake.LotReceived), closed_at: timeOf(intake.LotClosed),
});
