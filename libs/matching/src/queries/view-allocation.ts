import { CATEGORIES, DomainError, matching, STOCK_GRADES } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Order, ORDER_SQL, type Page, toPage } from '@lacollecte/http';
import { z } from 'zod';
import type { Explanation } from '../domain/round/explanation.js';
import { ExplanationView, viewExplanation } from './view-explanation.js';

export const AllocationView = z.object({
  allocationId: z.uuid(), version: z.int(), state: z.enum(matching.ALLOCATION_STATES),
  needId: z.uuid(), lineId: z.uuid(), structureId: z.uuid(), roundId: z.uuid(), siteId: z.uuid(),
  category: z.enum(CATEGORIES), grade: z.enum(STOCK_GRADES), earmark: z.string().nullable(),
  /** First proposed; still promised, on the way and delivered; of these on the way; of these delivered. */
  proposed: z.int(), quantity: z.int(), shipped: z.int(), delivered: z.int(),
  /** For one device. The system takes no money. */
  priceCents: z.int(),
  createdAt: z.iso.datetime(), answerBy: z.iso.datetime().nullable(), refusalReason: z.string().nullable(),
  explanation: ExplanationView.nullable(),
});
export type AllocationView = z.infer<typeof AllocationView>;

interface AllocationRow {
  readonly id: string;
  readonly version: number;
  readonly state: AllocationView['state'];
  readonly need_id: string;
  readonly line_id: string;
  readonly structure_id: string;
  readonly round_id: string;
  readonly site_id: string;
  readonly category: AllocationView['category'];
  readonly grade: AllocationView['grade'];
  readonly earmark: string | null;
  readonly proposed: number;
  readonly quantity: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly price_cents: number;
  readonly created: Date;
  readonly created_at: string;
  readonly answer_by: Date | null;
  readonly refusal_reason: string | null;
  readonly explained: Date | null;
  readonly explanation: Explanation | null;
}

const SELECT = `select a.id, a.version, a.state, a.need_id, a.line_id, a.structure_id, a.round_id, a.site_id, a.category, a.grade, a.earmark, a.proposed, a.quantity,
    a.shipped, a.delivered, a.price_cents, a.created_at as created, a.created_at::text, a.answer_by, a.refusal_reason, e.created_at as explained, e.data as explanation
  from allocation a left join explanation e on e.round_id = a.round_id and e.line_id = a.line_id`;

function toView(row: AllocationRow): AllocationView {
  return {
    allocationId: row.id, version: row.version, state: row.state, needId: row.need_id, lineId: row.line_id, structureId: row.structure_id,
    roundId: row.round_id, siteId: row.site_id, category: row.category, grade: row.grade, earmark: row.earmark,
    proposed: row.proposed, quantity: row.quantity, shipped: row.shipped, delivered: row.delivered, priceCents: row.price_cents,
    createdAt: row.created.toISOString(), answerBy: row.answer_by?.toISOString() ?? null, refusalReason: row.refusal_reason,
    explanation: row.explanation && row.explained && viewExplanation(row.round_id, row.explained, row.explanation),
  };
}

/** @throws DomainError allocation-not-found, also where it is another structure's */
export async function viewAllocation(tx: Tx, allocationId: string): Promise<AllocationView> {
  const row = await tx.one<AllocationRow>(`${SELECT} where a.id = $1`, [allocationId]);
  if (!row) throw new DomainError('allocation-not-found');
  return toView(row);
}

export interface AllocationFilter {
  readonly after?: string;
  readonly limit: number;
  readonly order?: Order;
  readonly state?: string;
  readonly needId?: string;
  readonly roundId?: string;
  readonly structureId?: string;
}

/** Oldest first; a structure sees its own. */
export async function listAllocations(tx: Tx, filter: AllocationFilter): Promise<Page<AllocationView>> {
  const { beyond, sort } = ORDER_SQL[filter.order ?? 'oldest'];
  const rows = await tx.query<AllocationRow>(
    `${SELECT} where ($1::text is null or a.state = $1) and ($2::uuid is null or a.need_id = $2) and ($3::uuid is null or a.round_id = $3)
       and ($4::uuid is null or a.structure_id = $4) and ($5::timestamptz is null or (a.created_at, a.id) ${beyond} ($5, $6::uuid))
     order by a.created_at ${sort}, a.id ${sort} limit $7`,
    [filter.state ?? null, filter.needId ?? null, filter.roundId ?? null, filter.structureId ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, toView);
}
