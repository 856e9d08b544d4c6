import { type EventData, DomainError, intake } from '@lacollecte/contracts';
import { orStale, type Statement, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { type Counted, type Lot, type LotSums, sumsIn } from '../domain/lot.js';

/** A lot's row, as commands need it. */
export interface LotRow extends Lot {
  readonly origin: 'donor' | 'site' | 'coordinator';
  readonly title: string;
  readonly earmark: string | null;
  readonly brought: boolean;
  readonly declineReason: string | null;
}

const COLUMNS = `id, version, state, donor_id as "donorId", site_id as "siteId", origin, title, earmark, brought, decline_reason as "declineReason"`;

/** Throws `not-found`. */
export async function loadLot(tx: Tx, id: string): Promise<LotRow> {
  const lot = await tx.one<LotRow>(`select ${COLUMNS} from lot where id = $1`, [id]);
  if (!lot) throw new DomainError('not-found');
  return lot;
}

const LOCK = {
  lot: `select ${COLUMNS} from lot where id = $1 for update`,
  manifest: `select ${COLUMNS} from lot where id = (select lot_id from manifest where id = $1) for update`,
  pickup: `select ${COLUMNS} from lot where id = (select lot_id from pickup where id = $1) for update`,
} as const;

/** What a change of a lot, or of one of its manifests or pick-ups, begins with, to be sent ahead. */
export const lockingLot = (id: string, of: keyof typeof LOCK = 'lot'): Statement => ({ text: LOCK[of], values: [id] });

/** Locked: what is decided on it can't change underneath. `of`: what the id is of. Throws `not-found`. */
export async function lockLot(tx: Tx, id: string, of?: keyof typeof LOCK): Promise<LotRow> {
  const { text, values } = lockingLot(id, of);
  const lot = await tx.one<LotRow>(text, values);
  if (!lot) throw new DomainError('not-found');
  return lot;
}

/** As the lines count; `sumsIn` reads them in the lot's state. Accessories are counted at the site and are in none of these sums. */
export const COUNTED = `coalesce(sum(quantity), 0)::int as declared, coalesce(sum(declined), 0)::int as declined, coalesce(sum(received), 0)::int as received,
  coalesce(sum(refused), 0)::int as refused`;

export async function sumsOf(tx: Tx, { id, state }: Pick<Lot, 'id' | 'state'>): Promise<LotSums> {
  const row = await tx.one<Counted & { unexpected: number }>(
    `select ${COUNTED}, (select count(*)::int from device where lot_id = $1 and line_id is null) as unexpected from lot_line where lot_id = $1 and category <> 'accessory'`,
    [id],
  );
  return { ...sumsIn(state, row!), unexpected: row!.unexpected };
}

/** What its donor waits for next, by when. */
const DUE = `select case when state = 'submitted' then answer_due_at when state in ('accepted', 'receiving') then inventory_due_at end as at from lot where id = $1`;

type LotEvent = typeof intake.LotChanged;

const SAVE = orStale(`with changed as (
  update lot set version = version + 1, state = $3, site_id = $4, title = $5, earmark = $6, brought = $7, decline_reason = $8 where id = $1 and version = $2 returning id)`);

/** Writes the lot's next version (`lot.version` is already the next one) and announces it; gives what was announced. Where it is not, the transaction fails with `stale-version`. */
export async function saveLot(tx: Tx, lot: LotRow, event: LotEvent): Promise<EventData<LotEvent>> {
  tx.change(SAVE, [lot.id, lot.version - 1, lot.state, lot.siteId, lot.title, lot.earmark, lot.brought, lot.declineReason]);
  const facts = await lotFacts(tx, lot);
  append(tx, event, { key: lot.id, version: lot.version }, facts);
  return facts;
}

export async function lotFacts(tx: Tx, lot: Lot): Promise<EventData<LotEvent>> {
  const due = await tx.one<{ at: Date | null }>(DUE, [lot.id]);
  return { lotId: lot.id, donorId: lot.donorId, siteId: lot.siteId, state: lot.state, ...(await sumsOf(tx, lot)), dueAt: due?.at?.toISOString() ?? null };
}
