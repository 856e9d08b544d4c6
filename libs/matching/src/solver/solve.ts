import { Worker } from 'node:worker_threads';
import { solveGreedily } from '../domain/round/greedy.js';
import type { RoundInputs } from '../domain/round/inputs.js';
import { modelOf } from '../domain/round/model.js';
import { type Problem, problemOf } from '../domain/round/problem.js';
import { type Assignment, assignmentsOf, worthOf } from '../domain/round/solution.js';

export interface Solved {
  readonly problem: Problem;
  readonly assignments: readonly Assignment[];
  /** `highs 1.…`, `greedy` where the solver ran out of time or failed, `none` where no line may have any cell. */
  readonly solver: string;
  readonly worth: number;
  readonly seconds: number;
}

export const GREEDY = 'greedy';
export const NOTHING_TO_GIVE = 'none';
/** The solver looks at its clock between iterations; the thread is ended when it overruns by this. */
const OVERRUN_SECONDS = 5;

interface Answer {
  readonly columns: Float64Array | null;
  readonly solver: string;
}

/** Under Jest the sources run, and Node runs the thread's one file by stripping its types. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './solve-worker.ts' : './solve-worker.js', import.meta.url);

/** One thread at a time in a process: two would only take the processor from one another. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Solves a round in a thread of its own, within `timeLimitSeconds`; where that fails or runs out, greedily, and says so.
 * Throws only what `signal` (shutdown) aborts with.
 */
export function solve(inputs: RoundInputs, timeLimitSeconds: number, signal?: AbortSignal): Promise<Solved> {
  const turn = queue.then(() => solveNow(inputs, timeLimitSeconds, signal));
  queue = turn.catch(() => undefined);
  return turn;
}

async function solveNow(inputs: RoundInputs, timeLimitSeconds: number, signal?: AbortSignal): Promise<Solved> {
  const started = performance.now();
  const problem = problemOf(inputs);
  const { model, flows } = modelOf(problem);
  const solved = (assignments: readonly Assignment[], solver: string): Solved => ({
    problem, assignments, solver, worth: worthOf(problem, assignments), seconds: (performance.now() - started) / 1000,
  });
  if (flows.length === 0) return solved([], NOTHING_TO_GIVE);
  const answer = await inThread({ ...model, timeLimitSeconds }, timeLimitSeconds + OVERRUN_SECONDS, signal);
  const assignments = answer?.columns ? assignmentsOf(problem, flows, answer.columns) : null;
  return answer && assignments ? solved(assignments, answer.solver) : solved(solveGreedily(problem), GREEDY);
}

/** The thread's answer; null where it failed or overran. */
async function inThread(workerData: object, limitSeconds: number, signal?: AbortSignal): Promise<Answer | null> {
  signal?.throwIfAborted();
  const worker = new Worker(WORKER, { workerData });
  let stop: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer | null>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
      timer = setTimeout(() => resolve(null), limitSeconds * 1000);
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
    });
  } finally {
    clearTimeout(timer);
    if (stop) signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
