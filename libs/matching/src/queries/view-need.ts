import { CATEGORIES, DomainError, matching, STOCK_GRADES } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Order, ORDER_SQL, type Page, toPage } from '@lacollecte/http';
import { z } from 'zod';
import { TEXT_WARNINGS, warningsOf } from '../domain/free-text.js';
import { PUBLICS } from '../domain/need.js';
import type { Explanation } from '../domain/round/explanation.js';
import { ExplanationView, viewExplanation } from './view-explanation.js';

const LineView = z.object({
  lineId: z.uuid(), category: z.enum(CATEGORIES), minGrade: z.enum(STOCK_GRADES), urgencyAsked: z.int(), urgency: z.int(), public: z.enum(PUBLICS),
  reason: z.string(), maxPriceCents: z.int().nullable(),
  asked: z.int(), open: z.int(), allocated: z.int(), shipped: z.int(), delivered: z.int(), cancelled: z.int(), surplus: z.int(),
  /** Kinds of personal data the reason seems to hold: nobody is to be named in it. */
  warnings: z.array(z.enum(TEXT_WARNINGS)),
  explanation: ExplanationView.nullable().describe('Of the newest round that it took part in.'),
});
export const NeedView = z.object({
  needId: z.uuid(), version: z.int(), state: z.enum(matching.NEED_STATES), structureId: z.uuid(),
  createdAt: z.iso.datetime(), expiresAt: z.iso.datetime(), decideBy: z.iso.datetime().nullable(), escalatedAt: z.iso.datetime().nullable(),
  decidedAt: z.iso.datetime().nullable(), declineReason: z.string().nullable(),
  lines: z.array(LineView),
  /** Asked for, and waiting until there are top-ups to give. */
  topUps: z.object({ asked: z.int(), state: z.enum(['none', 'waiting']) }),
});
export type NeedView = z.infer<typeof NeedView>;

interface NeedRow {
  readonly id: string;
  readonly version: number;
  readonly state: NeedView['state'];
  readonly structure_id: string;
  readonly top_ups: number;
  readonly created: Date;
  readonly created_at: string;
  readonly expires_at: Date;
  readonly decide_by: Date | null;
  readonly escalated_at: Date | null;
  readonly decided_at: Date | null;
  readonly decline_reason: string | null;
  readonly lines: (Omit<NeedView['lines'][number], 'warnings' | 'explanation'> & { readonly newest: { readonly roundId: string; readonly at: string; readonly data: Explanation } | null })[];
}

const SELECT = `select n.id, n.version, n.state, n.structure_id, n.top_ups, n.created_at as created, n.created_at::text, n.expires_at, n.decide_by, n.escalated_at,
    n.decided_at, n.decline_reason,
    (select json_agg(json_build_object('lineId', l.id, 'category', l.category, 'minGrade', l.min_grade, 'urgencyAsked', l.urgency_asked, 'urgency', l.urgency,
       'public', l.for_public, 'reason', l.reason, 'maxPriceCents', l.max_price_cents, 'asked', l.asked, 'open', l.open, 'allocated', l.allocated,
       'shipped', l.shipped, 'delivered', l.delivered, 'cancelled', l.cancelled, 'surplus', l.surplus, 'newest',
         (select json_build_object('roundId', e.round_id, 'at', e.created_at, 'data', e.data) from explanation e where e.line_id = l.id order by e.created_at desc, e.id desc limit 1)) order by l.position)
     from need_line l where l.need_id = n.id) as lines
  from need n`;

function toView(row: NeedRow): NeedView {
  const time = (date: Date | null) => date?.toISOString() ?? null;
  return {
    needId: row.id, version: row.version, state: row.state, structureId: row.structure_id,
    createdAt: row.created.toISOString(), expiresAt: row.expires_at.toISOString(), decideBy: time(row.decide_by), escalatedAt: time(row.escalated_at),
    decidedAt: time(row.decided_at), declineReason: row.decline_reason,
    lines: row.lines.map(({ newest, ...line }) => ({ ...line, warnings: warningsOf(line.reason), explanation: newest && viewExplanation(newest.roundId, new Date(newest.at), newest.data) })),
    topUps: { asked: row.top_ups, state: row.top_ups > 0 ? 'waiting' : 'none' },
  };
}

/** @throws DomainError need-not-found, also where it is another structure's */
export async function viewNeed(tx: Tx, needId: string): Promise<NeedView> {
  const row = await tx.one<NeedRow>(`${SELECT} where n.id = $1`, [needId]);
  if (!row) throw new DomainError('need-not-found');
  return toView(row);
}

export interface NeedFilter {
  readonly after?: string;
  readonly limit: number;
  readonly order?: Order;
  readonly state?: string;
  readonly structureId?: string;
}

/** Oldest first; a structure sees its own. */
export async function listNeeds(tx: Tx, filter: NeedFilter): Promise<Page<NeedView>> {
  const { beyond, sort } = ORDER_SQL[filter.order ?? 'oldest'];
  const rows = await tx.query<NeedRow>(
    `${SELECT} where ($1::text is null or n.state = $1) and ($2::uuid is null or n.structure_id = $2)
       and ($3::timestamptz is null or (n.created_at, n.id) ${beyond} ($3, $4::uuid)) order by n.created_at ${sort}, n.id ${sort} limit $5`,
    [filter.state ?? null, filter.structureId ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, toView);
}

/** What waits for a coordinator: escalated first, then the nearest deadline, then the longest waiting. At most 200. */
export async function readInbox(tx: Tx): Promise<NeedView[]> {
  const rows = await tx.query<NeedRow>(`${SELECT} where n.state = 'submitted' order by n.escalated_at is null, n.decide_by nulls last, n.created_at, n.id limit 200`);
  return rows.map(toView);
}
