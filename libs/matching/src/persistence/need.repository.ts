import { orStale, type Tx } from '@lacollecte/database';
import type { Line } from '../domain/line.js';
import type { Need } from '../domain/need.js';

export async function loadNeeds(tx: Tx, ids: readonly string[]): Promise<Need[]> {
  if (ids.length === 0) return [];
  return tx.query<Need>(`select id, version, state, structure_id as "structureId" from need where id = any($1::uuid[]) order by id for update`, [ids]);
}

/** Locked against change; a round under way may explain them. */
export async function loadLines(tx: Tx, needIds: readonly string[]): Promise<Line[]> {
  if (needIds.length === 0) return [];
  return tx.query<Line>(
    `select id, need_id as "needId", structure_id as "structureId", category, min_grade as "minGrade", urgency, asked, open, allocated, shipped, delivered, cancelled, surplus
     from need_line where need_id = any($1::uuid[]) order by need_id, position for no key update`,
    [needIds],
  );
}

const SAVE = orStale(`with changed as (
  update need n set version = v.version, state = v.state from unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) as v(id, was, version, state)
  where n.id = v.id and n.version = v.was returning n.id)`, 'cardinality($1)');

/** Guarded by the versions they were read at. Where one is no longer at its own, the transaction fails with `stale-version`. */
export function saveNeeds(tx: Tx, needs: readonly Need[], before: ReadonlyMap<string, number>): void {
  if (needs.length > 0) tx.change(SAVE, [needs.map((n) => n.id), needs.map((n) => before.get(n.id)), needs.map((n) => n.version), needs.map((n) => n.state)]);
}

/** Counters only: a need's version is not theirs. */
export async function saveLines(tx: Tx, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.execute(
    `update need_line l set open = v.open, allocated = v.allocated, shipped = v.shipped, delivered = v.delivered, cancelled = v.cancelled, surplus = v.surplus
     from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[]) as v(id, open, allocated, shipped, delivered, cancelled, surplus)
     where l.id = v.id`,
    [
      lines.map((l) => l.id), lines.map((l) => l.open), lines.map((l) => l.allocated), lines.map((l) => l.shipped),
      lines.map((l) => l.delivered), lines.map((l) => l.cancelled), lines.map((l) => l.surplus),
    ],
  );
}
