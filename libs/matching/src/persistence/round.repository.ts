import { type EventDefinition, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { Figures } from '../domain/round/figures.js';
import type { RoundInputs } from '../domain/round/inputs.js';
import type { Assignment } from '../domain/round/solution.js';

/** What came out of the solver; kept with the inputs it came from. */
export interface Solution {
  readonly solver: string;
  readonly seconds: number;
  readonly worth: number;
  readonly assignments: readonly Assignment[];
}

export interface RoundWork {
  readonly inputs: RoundInputs;
  readonly solution: Solution | null;
  /** Steps of writing that are done. */
  readonly written: number;
}

/** Whether the round is open; then it stays so until the transaction ends. Many may hold it at once. */
export async function holdRound(tx: Tx, roundId: string): Promise<boolean> {
  return (await tx.one(`select 1 from round where id = $1 and state = 'requested' for share`, [roundId])) !== undefined;
}

export async function findWork(tx: Tx, roundId: string): Promise<RoundWork | undefined> {
  return tx.one<RoundWork>(`select inputs, solution, written from round_work where round_id = $1`, [roundId]);
}

/** Keeps the first run's inputs; a second run works with these. */
export async function keepInputs(tx: Tx, roundId: string, inputs: RoundInputs): Promise<void> {
  await tx.execute(`insert into round_work (round_id, inputs) values ($1, $2) on conflict do nothing`, [roundId, JSON.stringify(inputs)]);
}

/** Keeps the first run's solution. */
export async function keepSolution(tx: Tx, roundId: string, solution: Solution): Promise<void> {
  await tx.execute(`update round_work set solution = $2 where round_id = $1 and solution is null`, [roundId, JSON.stringify(solution)]);
}

/** Takes step `step` of writing: false where another run has it. */
export async function takeStep(tx: Tx, roundId: string, step: number): Promise<boolean> {
  return (await tx.execute(`update round_work set written = written + 1 where round_id = $1 and written = $2`, [roundId, step])) === 1;
}

export interface Outcome {
  readonly state: 'solved' | 'failed';
  readonly solver: string | null;
  readonly seconds: number | null;
  readonly figures: Figures | null;
  readonly parameters: RoundInputs['parameters'] | null;
}

/** Ends an open round with the sums of what it wrote. Waits for steps under way; none comes after it. */
export async function closeRound(tx: Tx, roundId: string, outcome: Outcome): Promise<void> {
  // By itself: the sums are read once nobody holds the round any more.
  await tx.query('select from round where id = $1 for no key update', [roundId]);
  const row = await tx.one<{ version: number; allocations: number; devices: number }>(
    `update round r set state = $2, version = r.version + 1, finished_at = $7, solver = $3, seconds = $4, figures = $5, parameters = $6,
       allocations = s.allocations, devices = s.devices
     from (select count(*)::int as allocations, coalesce(sum(proposed), 0)::int as devices from allocation where round_id = $1) s
     where r.id = $1 and r.state = 'requested' returning r.version, r.allocations, r.devices`,
    [roundId, outcome.state, outcome.solver, outcome.seconds, JSON.stringify(outcome.figures), JSON.stringify(outcome.parameters), tx.now],
  );
  if (!row) return;
  const event: EventDefinition<typeof matching.RoundSolved.schema> = outcome.state === 'solved' ? matching.RoundSolved : matching.RoundFailed;
  append(tx, event, { key: roundId, version: row.version }, { roundId, state: outcome.state, allocations: row.allocations, devices: row.devices, solver: outcome.solver });
}
