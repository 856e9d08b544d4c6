import type { Cause, Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { z } from 'zod';

/** Work that takes long. Each queue has one definition and one processor. */
export interface JobDefinition<S extends z.ZodType = z.ZodType> {
  /** `<service>-<what>`, e.g. `intake-import-manifest`. No `:`. */
  readonly queue: string;
  readonly data: S;
}

export function defineJob<S extends z.ZodType>(queue: string, data: S): JobDefinition<S> {
  return { queue, data };
}

/** One run of a job. Its row in `job` is the truth; BullMQ only runs it, and may run it twice at once. */
export interface JobRun<Data> {
  readonly id: string;
  readonly data: Data;
  /** 1 until a run has failed; shutdowns, crashes and what fails for now don't count. */
  readonly attempt: number;
  /** Aborted at shutdown: stop after the current step, another run goes on from there. */
  readonly signal: AbortSignal;
  readonly cause: Cause;
  /** A transaction of the worker role. Steps must be guarded: two runs may overlap. */
  step<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The last step: sets `done_at` in the same transaction; rolls back and gives undefined if another run was first. */
  finish<T>(work: (tx: Tx) => Promise<T>): Promise<T | undefined>;
}

export interface JobProcessor<S extends z.ZodType = z.ZodType> {
  readonly definition: JobDefinition<S>;
  /** Throwing fails the attempt: the sweep runs it again with back-off, until `LAST_ATTEMPT` has failed by its own doing. */
  process(run: JobRun<z.output<S>>): Promise<void>;
  /** The last attempt has failed: what waits for the job is told so. `run.finish` ends the job as failed. */
  giveUp(run: JobRun<z.output<S>>, error: Error): Promise<void>;
}

export function processor<S extends z.ZodType>(
  definition: JobDefinition<S>, process: JobProcessor<S>['process'], giveUp: JobProcessor<S>['giveUp'],
): JobProcessor<S> {
  return { definition, process, giveUp };
}

/** Writes the job with the transaction; the relay hands it to BullMQ after the commit. Returns the job's id. */
export async function enqueue<S extends z.ZodType>(tx: Tx, definition: JobDefinition<S>, data: z.input<S>, options: { dueAt?: Date } = {}): Promise<string> {
  const id = v7();
  await tx.execute(
    `insert into job (id, queue, data, due_at, correlation_id, causation_id, traceparent) values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, definition.queue, JSON.stringify(definition.data.parse(data)), options.dueAt ?? tx.now, tx.cause.correlationId, tx.cause.causationId, tx.cause.traceparent],
  );
  tx.wrote(definition.queue);
  return id;
}
