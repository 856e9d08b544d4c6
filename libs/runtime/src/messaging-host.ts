import { crashPoint, type Database } from '@lacollecte/database';
import { eventRelay, jobLane, type JobProcessor, type JobQueue, JobWorker, type Lane, type MessagingObserver, OUTBOX, type Queues, sweepJobs, type Transport } from '@lacollecte/messaging';
import type { Log } from './log.js';
import type { ServiceDefinition } from './service.js';

/** How often lost jobs are looked for. */
const JOB_SWEEP_MS = 5_000;

/** What sends: the relay of events, a lane and a worker for each queue, and the sweep that brings lost jobs back. */
export class MessagingHost {
  readonly #lanes = new Map<string, Lane>();
  readonly #workers: JobWorker[] = [];
  readonly #processors: readonly JobProcessor[];
  readonly queues = new Map<string, JobQueue>();
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> | null = null;

  constructor(
    definition: ServiceDefinition,
    workerUrl: string,
    private readonly database: Database,
    transport: Transport,
    private readonly backend: Queues,
    private readonly log: Log,
    private readonly observer: MessagingObserver,
  ) {
    this.#lanes.set(OUTBOX, eventRelay(definition.name, workerUrl, transport, log, observer));
    this.#processors = definition.jobs;
    for (const processor of definition.jobs) {
      const name = processor.definition.queue;
      const queue = backend.queue(name, (err) => log.warn({ err, queue: name }, 'queue failed for now'));
      this.queues.set(name, queue);
      this.#lanes.set(name, jobLane(name, workerUrl, queue, log));
    }
    // Requests alone use this pool; theirs is not answered yet.
    database.app.committed.on(OUTBOX, () => crashPoint('http-after-commit'));
    for (const pool of [database.app, database.worker]) {
      for (const [what, lane] of this.#lanes) pool.committed.on(what, () => lane.wake());
    }
  }

  start(): void {
    for (const lane of this.#lanes.values()) lane.start();
    for (const processor of this.#processors) this.#workers.push(new JobWorker(this.database.worker, this.backend, processor, this.log, this.observer));
    if (this.queues.size === 0) return;
    this.#timer = setInterval(() => {
      this.#sweeping ??= sweepJobs(this.database.worker, this.queues)
        .catch((err: unknown) => this.log.warn({ err }, 'looking for lost jobs failed for now'))
        .finally(() => (this.#sweeping = null));
    }, JOB_SWEEP_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}
