import { type JobRun, processor } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { crashPoint, type Tx } from '@lacollecte/database';
import { writeAllocations, writeExplanations } from '../commands/write-round.js';
import { explain } from '../domain/round/explanation.js';
import { figuresOf } from '../domain/round/figures.js';
import { problemOf } from '../domain/round/problem.js';
import { lockLedger } from '../persistence/ledger.js';
import { closeRound, findWork, holdRound, keepInputs, keepSolution, type RoundWork, takeStep } from '../persistence/round.repository.js';
import { readRoundInputs } from '../queries/round-inputs.js';
import { matchingSettings } from '../settings.js';
import { solve } from '../solver/solve.js';
import { RunRound } from './run-round.job.js';

/** Rows of a step: well under a second. */
const CHUNK = 300;
type Run = JobRun<{ roundId: string; alpha?: number | undefined }>;

/** A round that keeps failing must not keep all later ones from starting. */
async function giveUp(run: Run): Promise<void> {
  await run.finish((tx) => closeRound(tx, run.data.roundId, { state: 'failed', solver: null, seconds: null, figures: null, parameters: null }));
}

/** Inputs, then the solution (outside of any transaction), then its allocations and explanations in steps that two runs share. */
async function work(run: Run): Promise<void> {
  const { roundId } = run.data;
  const begun = await run.step((tx) => begin(tx, run.data));
  if (!begun) {
    await run.finish(async () => undefined);
    return;
  }
  const solved = begun.work.solution ? begun.work : await solveAndKeep(run, begun.work, begun.solverSeconds);
  const { inputs, solution } = solved;
  if (!solution) throw new Error(`round ${roundId} lost its solution`);
  const problem = problemOf(inputs);
  const steps = [
    ...chunks(explain(problem, solution.assignments)).map((part) => (tx: Tx) => writeExplanations(tx, roundId, part)),
    ...chunks(solution.assignments).map((part) => (tx: Tx) => writeAllocations(tx, roundId, inputs, part)),
  ];
  for (let step = solved.written; step < steps.length; ) {
    run.signal.throwIfAborted();
    step = await run.step(async (tx) => {
      // Another run may have given the round up meanwhile: its sums are told.
      if (!(await holdRound(tx, roundId))) return steps.length;
      if (!(await takeStep(tx, roundId, step))) return (await findWork(tx, roundId))!.written;
      await steps[step]!(tx);
      crashPoint('round-half-written');
      return step + 1;
    });
  }
  await run.finish((tx) =>
    closeRound(tx, roundId, {
      state: 'solved', solver: solution.solver, seconds: solution.seconds, figures: figuresOf(problem, solution.assignments), parameters: inputs.parameters,
    }),
  );
}

/** The inputs this round works with, read now if no run has yet; null where the round has ended. */
async function begin(tx: Tx, { roundId, alpha }: Run['data']): Promise<{ work: RoundWork; solverSeconds: number } | null> {
  if (!(await holdRound(tx, roundId))) return null;
  const { solverSeconds } = await settingsOf(tx, matchingSettings);
  const work = await findWork(tx, roundId);
  if (work) return { work, solverSeconds };
  // Nothing may move between a line's counters and what is promised of a cell.
  await lockLedger(tx);
  await keepInputs(tx, roundId, await readRoundInputs(tx, alpha === undefined ? {} : { alpha }));
  return { work: (await findWork(tx, roundId))!, solverSeconds };
}

async function solveAndKeep(run: Run, work: RoundWork, solverSeconds: number): Promise<RoundWork> {
  const { assignments, solver, seconds, worth } = await solve(work.inputs, solverSeconds, run.signal);
  crashPoint('round-after-solving');
  return run.step(async (tx) => {
    await keepSolution(tx, run.data.roundId, { assignments, solver, seconds, worth });
    return (await findWork(tx, run.data.roundId))!;
  });
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) => items.slice(index * CHUNK, (index + 1) * CHUNK));
}

export const runRound = processor(RunRound, work, giveUp);
