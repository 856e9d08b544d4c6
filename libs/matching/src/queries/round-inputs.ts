import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { type SettingsOf, settingsOf } from '@lacollecte/runtime';
import type { LineInput, RoundInputs, RoundParameters, StructureInput } from '../domain/round/inputs.js';
import { quarterOf, quotaLeft } from '../persistence/quota.repository.js';
import { matchingSettings } from '../settings.js';
import { readFreeCells } from './free-cells.js';
import { readPriceTable } from './price-table.js';

export function parametersOf(settings: SettingsOf<typeof matchingSettings>): RoundParameters {
  const { alpha, kmCost, gradeCost, transportCap, reserveShare, nearestSites } = settings;
  return { alpha, kmCost, gradeCost, transportCap, reserveShare, nearestSites };
}

/** Lines that are open, of approved needs of approved structures. */
const LINES = `select l.id as "lineId", l.need_id as "needId", l.structure_id as "structureId", l.category, l.min_grade as "minGrade",
    l.asked - l.cancelled as asked, l.allocated + l.shipped + l.delivered as served, l.open, l.urgency, l.max_price_cents as "maxPriceCents",
    greatest(0, floor(extract(epoch from $1::timestamptz - n.created_at) / 86400))::int as "waitingDays"
  from need_line l join need n on n.id = l.need_id join structure s on s.id = l.structure_id
  where l.open > 0 and n.state in ('approved', 'partly-allocated') and s.state = 'approved' and coalesce(s.approved_until > $1, true) order by l.id`;

const STRUCTURES = `select s.id as "structureId", s.department, s.people_served as "peopleServed", coalesce(r.received, 0)::int as received
  from structure s left join (
    select structure_id, sum(delivered) as received from allocation where delivered > 0 and delivered_at > $2::timestamptz - interval '12 months' group by structure_id
  ) r on r.structure_id = s.id
  where s.id = any($1::uuid[]) order by s.id`;

/** All that a round decides from, as it stands now. */
export async function readRoundInputs(tx: Tx, change: Partial<RoundParameters> = {}): Promise<RoundInputs> {
  const settings = await settingsOf(tx, matchingSettings);
  const lines = await tx.query<LineInput>(LINES, [tx.now]);
  const ids = [...new Set(lines.map((line) => line.structureId))];
  const left = await quotaLeft(tx, ids, await quarterOf(tx));
  const structures = await tx.query<Omit<StructureInput, 'quotaLeft'>>(STRUCTURES, [ids, tx.now]);
  const prices = await readPriceTable(tx);
  if (!prices) throw new DomainError('no-price-table');
  return {
    at: tx.now.toISOString(),
    parameters: { ...parametersOf(settings), ...change },
    lines,
    structures: structures.map((structure) => ({ ...structure, quotaLeft: left.get(structure.structureId) ?? null })),
    cells: await readFreeCells(tx),
    prices: prices.table,
  };
}
