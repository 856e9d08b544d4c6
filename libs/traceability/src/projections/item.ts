import { inventory } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding, since } from './fold.js';

const TABLE = folded('insert into item', {
  state: 'text', since: 'timestamptz', at: 'timestamptz', site_id: 'uuid', category: 'text', grade: 'text', reservation_id: 'uuid',
});
const TOLD = [
  inventory.ItemStocked, inventory.ItemReserved, inventory.ItemReleased, inventory.ItemPicked, inventory.ItemIssued, inventory.ItemPutAway, inventory.ItemQuarantined,
  inventory.ItemWrittenOff, inventory.ItemSentBack,
];

interface Row {
  readonly state: string;
  readonly since: Date;
}

/** Where a device is in stock's eyes, and what it is promised under. */
export const item = new Projection(
  'item',
  folding(TABLE, TOLD, (row: Row | undefined, { data, occurredAt }) => ({
    state: data.state, since: since(row && { was: row.state, since: row.since }, data.state, occurredAt), at: occurredAt,
    site_id: data.siteId, category: data.category, grade: data.grade, reservation_id: data.reservationId,
  })),
);
