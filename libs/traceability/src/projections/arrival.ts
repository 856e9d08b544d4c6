import { intake } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding } from './fold.js';

const TABLE = folded('insert into arrival', {
  at: 'timestamptz', lot_id: 'uuid', donor_id: 'uuid', site_id: 'uuid', label: 'text', category: 'text', maker: 'text', model: 'text', matched: 'text',
});

/** A device as it was received: whose it was, and what it is. */
export const arrival = new Projection(
  'arrival',
  folding(TABLE, [intake.DeviceReceived], (_, { data, occurredAt }) => ({
    at: occurredAt, lot_id: data.lotId, donor_id: data.donorId, site_id: data.siteId,
    label: data.label, category: data.category, maker: data.maker, model: data.model, matched: data.matched,
  })),
);
