import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { priceOf } from '../domain/price.js';
import type { Explanation } from '../domain/round/explanation.js';
import type { RoundInputs } from '../domain/round/inputs.js';
import type { Assignment } from '../domain/round/solution.js';
import { Book } from '../persistence/book.js';
import { quarterOf, quotaLeft } from '../persistence/quota.repository.js';

/** Proposes what a round decided, as far as its lines are still open and its quotas still leave room: much may have happened since its inputs were read. */
export async function writeAllocations(tx: Tx, roundId: string, inputs: RoundInputs, assignments: readonly Assignment[]): Promise<void> {
  const lineOf = (assignment: Assignment) => inputs.lines[assignment.line]!;
  const book = await Book.ofNeeds(tx, [...new Set(assignments.map((assignment) => lineOf(assignment).needId))]);
  const quarter = await quarterOf(tx);
  const left = await quotaLeft(tx, [...new Set(assignments.map((assignment) => lineOf(assignment).structureId))], quarter);
  for (const assignment of assignments) {
    const { lineId, needId, structureId } = lineOf(assignment);
    const { siteId, category, grade, earmark } = inputs.cells[assignment.cell]!;
    const running = ['approved', 'partly-allocated'].includes(book.need(needId)?.state ?? '');
    const quota = left.get(structureId) ?? Infinity;
    const quantity = running ? Math.min(assignment.quantity, book.line(lineId)?.open ?? 0, quota) : 0;
    if (quantity === 0) continue;
    left.set(structureId, quota - quantity);
    book.propose({
      id: v7(), version: 1, state: 'proposed', needId, lineId, structureId, roundId, siteId, category, grade, earmark, quarter,
      quantity, shipped: 0, delivered: 0, answerBy: null, deliveredAt: null, priceCents: priceOf(inputs.prices, category, grade),
    });
  }
  await book.save();
}

export async function writeExplanations(tx: Tx, roundId: string, explanations: readonly Explanation[]): Promise<void> {
  await tx.execute(
    `insert into explanation (id, round_id, line_id, structure_id, created_at, given, data)
     select id, $1, line_id, structure_id, $2, given, data::jsonb from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[]) as v(id, line_id, structure_id, given, data)`,
    [
      roundId, tx.now, explanations.map(() => v7()), explanations.map((e) => e.lineId), explanations.map((e) => e.structureId),
      explanations.map((e) => e.given), explanations.map((e) => JSON.stringify(e)),
    ],
  );
}
