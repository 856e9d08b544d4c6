import { intake } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding, since } from './fold.js';

const TABLE = folded('insert into lot', {
  state: 'text', since: 'timestamptz', due_at: 'timestamptz', donor_id: 'uuid', site_id: 'uuid',
  declared: 'int', declined: 'int', received: 'int', refused: 'int', missing: 'int', awaited: 'int', unexpected: 'int',
});
const TOLD = [
  intake.LotOpened, intake.LotChanged, intake.LotSubmitted, intake.LotAccepted, intake.LotDeclined, intake.LotCancelled, intake.LotReceptionStarted,
  intake.LotReceived, intake.LotClosed, intake.LotReopened,
];

interface Row {
  readonly state: string;
  readonly since: Date;
}

/** Where a lot is, since when, and its sums as intake last told them. */
export const lot = new Projection(
  'lot',
  folding(TABLE, TOLD, (row: Row | undefined, { data: { lotId: _, donorId, siteId, dueAt, state, ...sums }, occurredAt }) => ({
    state, since: since(row && { was: row.state, since: row.since }, state, occurredAt), due_at: dueAt, donor_id: donorId, site_id: siteId, ...sums,
  })),
);
