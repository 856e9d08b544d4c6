import { type Cause, crashPoint, isTransient, mayBeOwnFault, NO_CAUSE, type Pool, SYSTEM, type Tx } from '@lacollecte/database';
import { storable } from '../cloud-event.js';
import type { JobProcessor, JobRun } from '../job.js';
import type { MessagingLog } from '../log.js';
import { type MessagingObserver, secondsSince, UNOBSERVED } from '../observer.js';
import type { Queues, QueueWorker } from './queues.js';

/** A job that has failed this often by its own doing is given up: with 2, 4, 8 and 16 seconds between, somebody waits for it. */
export const LAST_ATTEMPT = 5;
/** What fails for now (the database is away, a deadlock) is tried again after this, for ever. */
const TRANSIENT_SECONDS = 5;

interface JobRow {
  id: string;
  data: unknown;
  /** Failures so far. */
  attempt: number;
  correlation_id: string | null;
  traceparent: string | null;
}

/** Another run of the same job was first: what this one was about to write is rolled back. */
class AlreadyDone extends Error {}

/** Runs the jobs of one queue from their rows. */
export class JobWorker {
  readonly #stopping = new AbortController();
  readonly #worker: QueueWorker;

  constructor(
    private readonly pool: Pool,
    queues: Queues,
    private readonly processor: JobProcessor,
    private readonly log: MessagingLog,
    private readonly observer: MessagingObserver = UNOBSERVED,
  ) {
    const { queue } = processor.definition;
    this.#worker = queues.worker(queue, (id) => this.run(id), (err) => this.log.warn({ err, queue }, 'queue failed for now'));
  }

  /** Stops taking jobs and asks the one in hand to end after its step. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#worker.close();
  }

  /** Does nothing where the job is done. Throws what the processor throws, after having put the job off or given it up. */
  async run(id: string): Promise<void> {
    const begun = performance.now();
    const loaded = await this.#load(id);
    if (!loaded) return;
    const { queue } = this.processor.definition;
    const span = this.observer.trace(`run ${queue}`, () => ({ kind: 'consumer', parent: loaded.traceparent, attributes: { 'messaging.destination.name': queue, 'messaging.message.id': id } }));
    const row: JobRow = { ...loaded, traceparent: span?.traceparent ?? loaded.traceparent };
    const ended = (error: Error | null): void => {
      span?.end(error ?? undefined);
      // A run that a shutdown ends has not failed.
      if (error === null || !this.#stopping.signal.aborted) this.observer.jobRun(queue, secondsSince(begun), error);
    };
    crashPoint('job-after-claim');
    try {
      await this.processor.process(this.#runOf(row));
      this.log.info({ job: id, queue, attempt: row.attempt + 1, correlationId: row.correlation_id }, 'job run');
      ended(null);
      crashPoint('job-after-effect');
    } catch (error) {
      ended(error as Error);
      // A shutdown ends the run, not the job: the sweep hands it to another worker.
      if (!this.#stopping.signal.aborted) await this.#failed(row, error as Error);
      throw error;
    }
  }

  #transaction<T>(cause: Cause, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.pool.transaction(SYSTEM, cause, work);
  }

  #causeOf(row: JobRow): Cause {
    return { correlationId: row.correlation_id, causationId: row.id, traceparent: row.traceparent };
  }

  #load(id: string): Promise<JobRow | undefined> {
    return this.#transaction(NO_CAUSE, (tx) =>
      tx.one<JobRow>('select id, data, attempt, correlation_id, traceparent from job where id = $1 and done_at is null', [id]),
    );
  }

  /** `failure`: why the job ends as failed, where it does. */
  #runOf(row: JobRow, failure: Error | null = null): JobRun<never> {
    const cause = this.#causeOf(row);
    return {
      id: row.id,
      data: this.processor.definition.data.parse(row.data) as never,
      attempt: row.attempt + 1,
      signal: this.#stopping.signal,
      cause,
      step: (work) => this.#transaction(cause, work),
      finish: async (work) => {
        try {
          return await this.#transaction(cause, async (tx) => {
            const result = await work(tx);
            if (!(await end(tx, row, failure))) throw new AlreadyDone();
            return result;
          });
        } catch (error) {
          if (error instanceof AlreadyDone) return undefined;
          throw error;
        }
      },
    };
  }

  async #failed(row: JobRow, error: Error): Promise<void> {
    const { queue } = this.processor.definition;
    const counts = !isTransient(error) || mayBeOwnFault(error);
    const failures = row.attempt + (counts ? 1 : 0);
    if (!counts || failures < LAST_ATTEMPT) {
      this.log.warn({ err: error, job: row.id, queue, failures }, 'job failed; it will run again');
      return this.#putOff(row, error, failures, counts ? 2 ** failures : TRANSIENT_SECONDS);
    }
    this.log.error({ err: error, job: row.id, queue, failures }, 'job given up');
    this.observer.jobGivenUp(queue);
    try {
      await this.#giveUp(row, error);
    } catch (again) {
      // It waits with its failures: the next run that fails gives it up again.
      this.log.error({ err: again, job: row.id, queue }, 'giving the job up failed; it will run again');
      await this.#putOff(row, error, row.attempt, TRANSIENT_SECONDS);
    }
  }

  async #giveUp(row: JobRow, error: Error): Promise<void> {
    // Data that is not what the queue's definition says names nobody who waits.
    if (this.processor.definition.data.safeParse(row.data).success) await this.processor.giveUp(this.#runOf(row, error), error);
    else await this.#transaction(this.#causeOf(row), (tx) => end(tx, row, error));
  }

  async #putOff(row: JobRow, error: Error, failures: number, seconds: number): Promise<void> {
    await this.#transaction(this.#causeOf(row), (tx) =>
      tx.execute(`update job set attempt = $2, error = $3, due_at = now() + $4 * interval '1 second' where id = $1 and done_at is null`, [row.id, failures, textOf(error), seconds]),
    );
  }
}

/** A job that is done has no error; one that was given up has its last. False where another run was first. */
async function end(tx: Tx, row: JobRow, failure: Error | null): Promise<boolean> {
  const failures = row.attempt + (failure ? 1 : 0);
  const ended = await tx.execute('update job set done_at = now(), attempt = $2, error = $3 where id = $1 and done_at is null', [row.id, failures, failure && textOf(failure)]);
  return ended > 0;
}

function textOf(error: Error): string {
  return storable(error.message.slice(0, 4000)) || error.name;
}
