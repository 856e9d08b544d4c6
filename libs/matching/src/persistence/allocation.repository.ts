import { orStale, type Tx } from '@lacollecte/database';
import type { Allocation } from '../domain/allocation.js';

export interface NewAllocation extends Allocation {
  readonly priceCents: number;
}

const COLUMNS = `id, version, state, need_id as "needId", line_id as "lineId", structure_id as "structureId", round_id as "roundId", site_id as "siteId",
  category, grade, earmark, quarter::text as quarter, quantity, shipped, delivered, answer_by as "answerBy", delivered_at as "deliveredAt"`;

export async function loadAllocations(tx: Tx, ids: readonly string[]): Promise<Allocation[]> {
  return ids.length === 0 ? [] : tx.query<Allocation>(`select ${COLUMNS} from allocation where id = any($1::uuid[]) order by id for update`, [ids]);
}

const SAVE = orStale(`with changed as (
  update allocation a set version = v.version, state = v.state, quantity = v.quantity, shipped = v.shipped, delivered = v.delivered,
    answer_by = v.answer_by, delivered_at = v.delivered_at
  from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::int[], $6::int[], $7::int[], $8::timestamptz[], $9::timestamptz[])
    as v(id, was, version, state, quantity, shipped, delivered, answer_by, delivered_at)
  where a.id = v.id and a.version = v.was returning a.id)`, 'cardinality($1)');

/** Guarded by the versions they were read at. Where one is no longer at its own, the transaction fails with `stale-version`. */
export function saveAllocations(tx: Tx, allocations: readonly Allocation[], before: ReadonlyMap<string, number>): void {
  if (allocations.length === 0) return;
  tx.change(SAVE, [
    allocations.map((a) => a.id), allocations.map((a) => before.get(a.id)), allocations.map((a) => a.version), allocations.map((a) => a.state),
    allocations.map((a) => a.quantity), allocations.map((a) => a.shipped), allocations.map((a) => a.delivered),
    allocations.map((a) => a.answerBy), allocations.map((a) => a.deliveredAt),
  ]);
}

export async function insertAllocations(tx: Tx, allocations: readonly NewAllocation[]): Promise<void> {
  if (allocations.length === 0) return;
  await tx.execute(
    `insert into allocation (id, version, state, need_id, line_id, structure_id, round_id, site_id, category, grade, earmark, quarter, price_cents, proposed, quantity, created_at)
     select id, 1, 'proposed', need_id, line_id, structure_id, round_id, site_id, category, grade, earmark, quarter, price_cents, quantity, quantity, $1
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::date[], $12::int[], $13::int[])
       as v(id, need_id, line_id, structure_id, round_id, site_id, category, grade, earmark, quarter, price_cents, quantity)`,
    [
      tx.now, allocations.map((a) => a.id), allocations.map((a) => a.needId), allocations.map((a) => a.lineId), allocations.map((a) => a.structureId),
      allocations.map((a) => a.roundId), allocations.map((a) => a.siteId), allocations.map((a) => a.category), allocations.map((a) => a.grade),
      allocations.map((a) => a.earmark), allocations.map((a) => a.quarter), allocations.map((a) => a.priceCents), allocations.map((a) => a.quantity),
    ],
  );
}
