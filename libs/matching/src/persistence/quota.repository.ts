import type { Tx } from '@lacollecte/database';

/** Devices reserved (or given back, negative) of a structure in the quarter that begins on that day. */
export interface QuotaMove {
  readonly structureId: string;
  readonly quarter: string;
  readonly devices: number;
}

/** First day of the calendar quarter that `at` (now) is in, in Europe/Paris. */
export async function quarterOf(tx: Tx, at: Date = tx.now): Promise<string> {
  const row = await tx.one<{ quarter: string }>(`select date_trunc('quarter', $1::timestamptz at time zone 'Europe/Paris')::date::text as quarter`, [at]);
  return row!.quarter;
}

export async function moveQuota(tx: Tx, moves: readonly QuotaMove[]): Promise<void> {
  const sums = new Map<string, QuotaMove>();
  for (const move of moves) {
    const key = `${move.structureId} ${move.quarter}`;
    sums.set(key, { ...move, devices: (sums.get(key)?.devices ?? 0) + move.devices });
  }
  const changed = [...sums.values()].filter((move) => move.devices !== 0);
  if (changed.length === 0) return;
  const values = [changed.map((m) => m.structureId), changed.map((m) => m.quarter)];
  await tx.execute(
    `insert into quota_use (structure_id, quarter, used, allowed) select v.s, v.q, 0, structure.quota from unnest($1::uuid[], $2::date[]) as v(s, q)
     left join structure on structure.id = v.s on conflict do nothing`,
    values,
  );
  await tx.execute(
    `update quota_use u set used = u.used + v.devices,
       allowed = case when v.devices > 0 then (select case when s.quota is not null and u.allowed is not null then greatest(u.allowed, s.quota) end from structure s where s.id = v.s) else u.allowed end
     from unnest($1::uuid[], $2::date[], $3::int[]) as v(s, q, devices) where u.structure_id = v.s and u.quarter = v.q`,
    [...values, changed.map((m) => m.devices)],
  );
}

/** Devices each of these structures may still be given this quarter; absent: it has no quota. */
export async function quotaLeft(tx: Tx, structureIds: readonly string[], quarter: string): Promise<Map<string, number>> {
  const rows = await tx.query<{ id: string; left: number }>(
    `select s.id, greatest(0, s.quota - coalesce(u.used, 0)) as left from structure s left join quota_use u on u.structure_id = s.id and u.quarter = $2::date
     where s.id = any($1::uuid[]) and s.quota is not null`,
    [structureIds, quarter],
  );
  return new Map(rows.map((row) => [row.id, row.left]));
}
