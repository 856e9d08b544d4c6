import type { RoundInputs, StructureInput } from './inputs.js';

/** Why a line weighs what it weighs. */
export interface Weight {
  readonly weight: number;
  readonly deficit: number;
}

/** Devices received in 12 months per 100 people served; null where nobody said how many are served. */
function rate(structure: StructureInput): number | null {
  return structure.peopleServed ? (structure.received * 100) / structure.peopleServed : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** w = urgency · (1 + waiting days / 30) · (1 + deficit), by index of the line; deficit = max(0, 1 − r/m), 0 where m is 0 or r unknown. */
export function weigh(inputs: RoundInputs): Weight[] {
  const waiting = new Set(inputs.lines.filter((line) => line.open > 0).map((line) => line.structureId));
  const rates = new Map(inputs.structures.filter((s) => waiting.has(s.structureId)).map((s) => [s.structureId, rate(s)]));
  const m = median([...rates.values()].filter((r) => r !== null));
  return inputs.lines.map((line) => {
    const r = rates.get(line.structureId) ?? null;
    const deficit = m === 0 || r === null ? 0 : Math.max(0, 1 - r / m);
    return { deficit, weight: line.urgency * (1 + line.waitingDays / 30) * (1 + deficit) };
  });
}

/** Below 2 % of what was asked the gain no longer rises: the first unit of any line gains the same. */
const LEAST_FILL = 0.02;

/** Gain of unit `k` (from 0) of a line of `asked`: falling, so that units are worth giving in order. */
export function gainOfUnit(weight: number, alpha: number, k: number, asked: number): number {
  return weight * Math.max(k / asked, LEAST_FILL) ** -alpha;
}
