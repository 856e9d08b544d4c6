import { createPostgresBackend, type JobsOptions, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';

/** A worker's hold on a job lasts this long beyond its last renewal; another worker takes it over after that. */
const LOCK_MS = 15_000;

/** What a queue job carries: the rest is in the service's `job` table under the same id. */
export interface QueuePayload {
  readonly id: string;
}

/** A queue as the lane and the sweep use it. */
export interface JobQueue {
  add(jobs: readonly { id: string; delayMs: number }[]): Promise<void>;
  /** True where the queue does not hold the job any more, or has given it up; then its id is free again. */
  forgot(id: string): Promise<boolean>;
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export interface QueueWorker {
  close(): Promise<void>;
}

/** Where BullMQ keeps its queues. */
export interface Queues {
  /** @throws Error saying what to do, where jobs would not be safe there */
  check(): Promise<void>;
  queue(name: string, onError: (error: Error) => void): JobQueue;
  worker(name: string, process: (id: string) => Promise<void>, onError: (error: Error) => void): QueueWorker;
}

export const WORKER = {
  concurrency: 1,
  lockDuration: LOCK_MS,
  stalledInterval: LOCK_MS / 3,
  // A run that dies is run again for ever: the row in `job` says whether it is done, and counts.
  maxStalledCount: 1_000_000,
};

/** Finished jobs go by age: on PostgreSQL, removal by count deadlocks with concurrency (6.7). */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: { age: 3600 }, removeOnFail: { age: 24 * 3600 } };

/** BullMQ on its PostgreSQL backend. */
export function postgresQueues(url: string): Queues {
  const connection = { connectionString: url, max: 2, application_name: 'queues' };
  return {
    check: () => Promise.resolve(), // its tables were made by `migrateQueues`, in a database that keeps what it has
    queue: (name, onError) => {
      const queue = new Queue(name, { connection, defaultJobOptions: JOB_OPTIONS }, createPostgresBackend);
      queue.on('error', onError);
      return asJobQueue(queue);
    },
    worker: (name, process, onError) => {
      const worker = new Worker(name, (job: { data: QueuePayload }) => process(job.data.id), { connection, ...WORKER }, createPostgresBackend);
      worker.on('error', onError);
      return { close: () => worker.close() };
    },
  };
}

/** The part of BullMQ's queue that is the same on every backend. */
interface BackedQueue {
  readonly name: string;
  addBulk(jobs: { name: string; data: QueuePayload; opts: JobsOptions }[]): Promise<unknown>;
  getJob(id: string): Promise<{ getState(): Promise<string>; remove(): Promise<void> } | undefined>;
  getJobCounts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export function asJobQueue(queue: BackedQueue): JobQueue {
  return {
    add: async (jobs) => {
      await queue.addBulk(jobs.map(({ id, delayMs }) => ({ name: queue.name, data: { id }, opts: { jobId: id, delay: delayMs } })));
    },
    forgot: async (id) => {
      const job = await queue.getJob(id);
      if (!job) return true;
      const state = await job.getState();
      if (state !== 'failed' && state !== 'completed' && state !== 'unknown') return false;
      await job.remove();
      return true;
    },
    counts: () => queue.getJobCounts(),
    close: () => queue.close(),
  };
}

/** Creates or upgrades BullMQ's tables. Explicit: without them its clients repeat an error for ever. */
export async function migrateQueues(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'migrate queues' });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
