import { CATEGORIES, STOCK_GRADES } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import { z } from 'zod';
import { type Explanation, LIMITS } from '../domain/round/explanation.js';
import { sentence } from '../domain/round/sentence.js';

const grade = z.enum(STOCK_GRADES);
export const ExplanationView = z.object({
  roundId: z.uuid(), at: z.iso.datetime().describe('When the round was held.'), lineId: z.uuid(), structureId: z.uuid(), category: z.enum(CATEGORIES), minGrade: grade,
  asked: z.int(), servedBefore: z.int(), given: z.int(), urgency: z.int(), waitingDays: z.int(),
  deficit: z.number(), weight: z.number(), gain: z.number(), nextGain: z.number().nullable(),
  from: z.array(z.object({ siteId: z.uuid(), place: z.string().nullable(), grade, quantity: z.int(), km: z.number().nullable(), priceCents: z.int() })),
  competition: z.object({ siteId: z.uuid(), grade, lines: z.int(), wanted: z.int(), available: z.int(), leastGain: z.number().nullable() }).nullable(),
  limits: z.array(z.object({
    code: z.enum(LIMITS), grade: grade.optional(), siteId: z.uuid().optional(), place: z.string().optional(), priceCents: z.int().optional(), left: z.int().optional(),
  })),
  text: z.object({ fr: z.string(), en: z.string() }),
});
export type ExplanationView = z.infer<typeof ExplanationView>;

export function viewExplanation(roundId: string, at: Date, explanation: Explanation): ExplanationView {
  return {
    ...explanation, roundId, at: at.toISOString(), from: [...explanation.from], limits: [...explanation.limits],
    text: { fr: sentence(explanation, 'fr'), en: sentence(explanation, 'en') },
  };
}

export interface ExplanationFilter {
  readonly after?: string;
  readonly limit: number;
  readonly roundId?: string;
  readonly lineId?: string;
}

/** Of a round, or of a line through its rounds; a structure sees its own. */
export async function listExplanations(tx: Tx, filter: ExplanationFilter): Promise<Page<ExplanationView>> {
  const rows = await tx.query<{ id: string; round_id: string; created: Date; created_at: string; data: Explanation }>(
    `select id, round_id, created_at as created, created_at::text, data from explanation where ($1::uuid is null or round_id = $1) and ($2::uuid is null or line_id = $2)
       and ($3::timestamptz is null or (created_at, id) > ($3, $4::uuid)) order by created_at, id limit $5`,
    [filter.roundId ?? null, filter.lineId ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, (row) => viewExplanation(row.round_id, row.created, row.data));
}
