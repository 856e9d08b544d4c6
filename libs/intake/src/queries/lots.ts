import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import { type Counted, type LotState, sumsIn } from '../domain/lot.js';
import { COUNTED, loadLot, type LotRow } from '../persistence/lot.repository.js';

interface PageInput {
  readonly after?: string | undefined;
  readonly limit: number;
}

const LOT = `select l.id, l.version, l.state, l.donor_id as "donorId", l.site_id as "siteId", l.origin, l.title, l.earmark, l.brought, l.decline_reason as "declineReason",
  l.created_at::text as created_at, l.created_at as "createdAt", l.submitted_at as "submittedAt", l.answer_due_at as "answerDueAt", l.inventory_due_at as "inventoryDueAt",
  l.closed_at as "closedAt", l.pickup_wish as "pickupWish", l.accepted_at as "acceptedAt", l.collected_at as "collectedAt", l.received_at as "receivedAt", s.*, d.unexpected, d.outcomes
  from lot l
  cross join lateral (select ${COUNTED} from lot_line where lot_id = l.id and category <> 'accessory') s
  cross join lateral (
    select coalesce(sum(unexpected), 0)::int as unexpected, coalesce(jsonb_object_agg(outcome, n) filter (where outcome is not null), '{}') as outcomes
    from (select outcome, count(*)::int as n, count(*) filter (where line_id is null) as unexpected from device where lot_id = l.id group by outcome) g) d`;

interface ShownRow extends Counted {
  readonly id: string;
  readonly created_at: string;
  readonly version: number;
  readonly state: LotState;
}
export type LotView = Omit<ShownRow, 'created_at'>;

/** Throws `not-found`. */
export async function showLot(tx: Tx, lotId: string): Promise<LotView> {
  const row = await tx.one<ShownRow>(`${LOT} where l.id = $1`, [lotId]);
  if (!row) throw new DomainError('not-found');
  return lotView(row);
}

function lotView(row: ShownRow): LotView {
  return { ...without(row), ...sumsIn(row.state, row) };
}

const OF_LIST = `($4::text is null or l.state = $4) and ($5::uuid is null or l.site_id = $5)`;
const PAGE = {
  oldest: `${LOT} where ($1::timestamptz is null or (l.created_at, l.id) > ($1, $2)) and ${OF_LIST} order by l.created_at, l.id limit $3`,
  newest: `${LOT} where ($1::timestamptz is null or (l.created_at, l.id) < ($1, $2)) and ${OF_LIST} order by l.created_at desc, l.id desc limit $3`,
} as const;

export async function listLots(tx: Tx, query: PageInput & { state?: string | undefined; siteId?: string | undefined; order?: keyof typeof PAGE }): Promise<Page<LotView>> {
  const rows = await tx.query<ShownRow>(PAGE[query.order ?? 'oldest'], [
    ...fromCursor(query.after), query.limit + 1, query.state ?? null, query.siteId ?? null,
  ]);
  return toPage(rows, query.limit, lotView);
}

/** The text of the time is for the cursor alone. */
function without<R extends { created_at: string }>({ created_at: _, ...view }: R): Omit<R, 'created_at'> {
  return view;
}

export interface Listed {
  readonly id: string;
  readonly created_at: string;
}
interface LineRow extends Listed {
  readonly category: string;
  readonly quantity: number;
  readonly declined: number;
  readonly declineReason: string | null;
  readonly received: number;
  readonly refused: number;
}
export type LineView = Omit<LineRow, 'created_at'> & { readonly missing: number };

/** In the order of the manifest; `open`: those of which something has not come. Throws `not-found`, and `bad-cursor` where the last line seen was taken out meanwhile. */
export async function listLines(tx: Tx, lotId: string, query: PageInput & { open?: boolean }): Promise<Page<LineView>> {
  const lot = await loadLot(tx, lotId);
  const [, lastId] = fromCursor(query.after);
  const last = lastId ? await tx.one<{ position: number }>('select position from lot_line where id = $1 and lot_id = $2', [lastId, lotId]) : { position: 0 };
  if (!last) throw new DomainError('bad-cursor', {}, [{ pointer: '/query/after', code: 'bad-cursor' }]);
  const rows = await tx.query<LineRow>(
    `select id, '' as created_at, position, category, maker, model, serial, imei, asset_tag as "assetTag", quantity, manufactured_year as "manufacturedYear", condition,
       declared_value as "declaredValue", declared_value_method as "declaredValueMethod", declared_value_proof as "declaredValueProof", notes, declined, decline_reason as "declineReason", received, refused
     from lot_line where lot_id = $1 and position > $2 and (not $4 or (quantity > declined + received + refused and category <> 'accessory')) order by position limit $3`,
    [lotId, last.position, query.limit + 1, query.open ?? false],
  );
  return toPage(rows, query.limit, (row) => lineView(lot, row));
}

function lineView(lot: LotRow, row: LineRow): LineView {
  const { declined, missing } = sumsIn(lot.state, { ...row, declared: row.quantity });
  const reason = lot.state === 'cancelled' ? 'cancelled' : lot.declineReason;
  // Accessories are counted by the site: none of them is missing.
  return { ...without(row), declined, declineReason: row.declineReason ?? (declined > 0 ? reason : null), missing: row.category === 'accessory' ? 0 : missing };
}

const DEVICES = `select id, received_at::text as created_at, state, label, category, maker, model, serial, line_id as "lineId", matched, outcome, note, received_at as "receivedAt", site_id as "siteId"
  from device where lot_id = $1 and (not $5 or line_id is null)`;
const DEVICE_PAGE = {
  oldest: `${DEVICES} and ($2::timestamptz is null or (received_at, id) > ($2, $3)) order by received_at, id limit $4`,
  newest: `${DEVICES} and ($2::timestamptz is null or (received_at, id) < ($2, $3)) order by received_at desc, id desc limit $4`,
} as const;

/** `unexpected`: those that no line announced. Throws `not-found`. */
export async function listDevices(tx: Tx, lotId: string, query: PageInput & { order?: keyof typeof DEVICE_PAGE; unexpected?: boolean }): Promise<Page<Omit<Listed, 'created_at'>>> {
  await loadLot(tx, lotId);
  const rows = await tx.query<Listed>(DEVICE_PAGE[query.order ?? 'oldest'], [lotId, ...fromCursor(query.after), query.limit + 1, query.unexpected ?? false]);
  return toPage(rows, query.limit, without);
}

/** What went back with the driver, and why: the donor's received inventory has it beside the devices. */
export async function listRefusedDevices(tx: Tx, lotId: string, query: PageInput): Promise<Page<Omit<Listed, 'created_at'>>> {
  await loadLot(tx, lotId);
  const rows = await tx.query<Listed>(
    `select id, refused_at::text as created_at, line_id as "lineId", category, serial, imei, reason, refused_at as "refusedAt"
     from dock_refusal where lot_id = $1 and ($2::timestamptz is null or (refused_at, id) > ($2, $3)) order by refused_at, id limit $4`,
    [lotId, ...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, without);
}
