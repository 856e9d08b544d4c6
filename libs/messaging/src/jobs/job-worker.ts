import { type Cause, crashPoint, type Pool, SYSTEM, type Tx } from '@lacollecte/database';
import { storable } from '../cloud-event.js';
import type { JobProcessor, JobRun } from '../job.js';
import type { MessagingLog } from '../log.js';
import { type MessagingObserver, secondsSince, UNOBSERVED } from '../observer.js';
import type { Queues, QueueWorker } from './queues.js';

/** After the n-th failure a job waits 2^n seconds, five minutes at most. */
const MAX_BACKOFF_SECONDS = 300;

interface JobRow {
  id: string;
  data: unknown;
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

  /** Does nothing where the job is done. Throws what the processor throws, after having put the job off. */
  async run(id: string): Promise<void> {
    const begun = performance.now();
    const claimed = await this.#claim(id);
    if (!claimed) return;
    const { queue } = this.processor.definition;
    const span = this.observer.trace(`run ${queue}`, () => ({ kind: 'consumer', parent: claimed.traceparent, attributes: { 'messaging.destination.name': queue, 'messaging.message.id': id } }));
    const row: JobRow = { ...claimed, traceparent: span?.traceparent ?? claimed.traceparent };
    const ended = (error: Error | null): void => {
      span?.end(error ?? undefined);
      this.observer.jobRun(queue, secondsSince(begun), error);
    };
    crashPoint('job-after-claim');
    try {
      await this.processor.process(this.#runOf(row));
      this.log.info({ job: id, queue: this.processor.definition.queue, attempt: row.attempt, correlationId: row.correlation_id }, 'job run');
      ended(null);
      crashPoint('job-after-effect');
    } catch (error) {
      ended(error as Error);
      await this.#putOff(row, error as Error);
      throw error;
    }
  }

  #transaction<T>(cause: Cause, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.pool.transaction(SYSTEM, cause, work);
  }

  #causeOf(row: JobRow): Cause {
    return { correlationId: row.correlation_id, causationId: row.id, traceparent: row.traceparent };
  }

  async #claim(id: string): Promise<JobRow | undefined> {
    return this.#transaction({ correlationId: null, causationId: id, traceparent: null }, (tx) =>
      tx.one<JobRow>(
        `update job set attempt = attempt + 1 where id = $1 and done_at is null
         returning id, data, attempt, correlation_id, traceparent`,
        [id],
      ),
    );
  }

  #runOf(row: JobRow): JobRun<never> {
    const cause = this.#causeOf(row);
    return {
      id: row.id,
      data: this.processor.definition.data.parse(row.data) as never,
      attempt: row.attempt,
      signal: this.#stopping.signal,
      cause,
      step: (work) => this.#transaction(cause, work),
      finish: async (work) => {
        try {
          return await this.#transaction(cause, async (tx) => {
            const result = await work(tx);
            const marked = await tx.execute('update job set done_at = now(), error = null where id = $1 and done_at is null', [row.id]);
            if (marked === 0) throw new AlreadyDone();
            return result;
          });
        } catch (error) {
          if (error instanceof AlreadyDone) return undefined;
          throw error;
        }
      },
    };
  }

  async #putOff(row: JobRow, error: Error): Promise<void> {
    this.log.warn({ err: error, job: row.id, queue: this.processor.definition.queue, attempt: row.attempt }, 'job failed; it will run again');
    const seconds = Math.min(2 ** Math.min(row.attempt, 10), MAX_BACKOFF_SECONDS);
    await this.#transaction(this.#causeOf(row), (tx) =>
      tx.execute(`update job set error = $2, due_at = now() + $3 * interval '1 second' where id = $1 and done_at is null`, [row.id, storable(error.message.slice(0, 4000)), seconds]),
    );
  }
}
