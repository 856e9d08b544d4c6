import { inventory } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding } from './fold.js';

const TABLE = folded('insert into reservation', { state: 'text', expires_at: 'timestamptz' });
const TOLD = [
  inventory.ReservationHeld, inventory.ReservationRefused, inventory.ReservationReleased, inventory.ReservationExpired, inventory.ReservationCommitted,
  inventory.ReservationCommitRefused, inventory.ReservationReduced, inventory.ReservationConsumed, inventory.ReservationSubstituted, inventory.ReservationItemWithdrawn,
];

/** Until when what is promised is held. */
export const reservation = new Projection('reservation', folding(TABLE, TOLD, (_, { data }) => ({ state: data.state, expires_at: data.expiresAt })));
