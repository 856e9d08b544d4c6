import type { Tx } from '@lacollecte/database';
import { CARBON, carbonOf } from '../domain/carbon.js';

/** The table `device` gives the caller's own. */
const COUNTS = `select coalesce(d.category, 'accessory') as category, count(*)::int as received, count(*) filter (where w.state = 'delivered')::int as reused,
    count(*) filter (where w.state = 'recycled')::int as recycled, coalesce(sum(w.weight_kg) filter (where w.state = 'recycled'), 0)::float8 as "recycledKg"
  from device d left join device_work w on w.id = d.id where $1::uuid is null or d.lot_id = $1 group by 1 order by 1`;
const DESTINATIONS = `select structure_kind as "structureKind", department, count(*)::int as devices
  from destinations() p join device d on d.id = p.device_id where $1::uuid is null or d.lot_id = $1 group by 1, 2 order by 3 desc, 2, 1`;

interface Counts {
  readonly category: string;
  readonly received: number;
  readonly reused: number;
  readonly recycled: number;
  readonly recycledKg: number;
}

/** What became of a donor's devices, of one lot or of all: counts, and the CO2e that those delivered avoid. */
export async function ownFigures(tx: Tx, lotId: string | null): Promise<object> {
  const counts = await tx.query<Counts>(COUNTS, [lotId]);
  const categories = counts.map((row) => {
    const { kgPerYear, kg } = carbonOf(row.category, row.reused);
    return { ...row, co2eKg: kg, co2eKgPerYear: kgPerYear };
  });
  const sum = (of: 'received' | 'reused' | 'recycled' | 'recycledKg' | 'co2eKg'): number => Math.round(categories.reduce((total, row) => total + row[of], 0) * 10) / 10;
  return {
    received: sum('received'), reused: sum('reused'), recycled: sum('recycled'), recycledKg: sum('recycledKg'), co2eKg: sum('co2eKg'), factor: CARBON,
    categories, destinations: await tx.query(DESTINATIONS, [lotId]),
  };
}
