import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { asJobQueue, JOB_OPTIONS, type QueuePayload, type Queues, WORKER } from './queues.js';

/** A server that may throw queues away. */
export class RedisEvicts extends Error {
  constructor(policy: string) {
    super(`Redis is set to evict what it holds (maxmemory-policy ${policy}), jobs among it: set maxmemory-policy noeviction, in redis.conf or with CONFIG SET maxmemory-policy noeviction`);
  }
}

/** As often the server is asked whether it is there; after so many questions without an answer the connection is taken for dead. */
const [ASK_MS, UNANSWERED] = [3_000, 5];

/**
 * A connection that is made anew where it has fallen silent, so that what was asked on it is asked again: TCP takes a quarter of an
 * hour to notice. Not ioredis' `socketTimeout`: its clock outlives the connection, ends the next one, and keeps a process that
 * wants to end (5.9). The one on which a worker blocks is its duplicate, and BullMQ's to watch.
 */
function watched(url: string, onError: (error: Error) => void, askMs: number): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null }).on('error', () => undefined); // who uses it is told
  let unanswered = 0;
  const timer = setInterval(() => {
    if (redis.status !== 'ready') unanswered = 0;
    else if (unanswered === UNANSWERED) {
      unanswered = 0;
      onError(new Error(`Redis has answered nothing for ${(askMs * UNANSWERED) / 1000} s: connecting again`));
      redis.disconnect(true);
    } else {
      unanswered++;
      redis.ping().then(() => (unanswered = 0), () => undefined);
    }
  }, askMs).unref();
  return redis.once('end', () => clearInterval(timer));
}

/** BullMQ on Redis. What it holds can be lost: the sweep brings every job back from its row. */
export function redisQueues(url: string, { askMs = ASK_MS }: { askMs?: number } = {}): Queues {
  return {
    check: async () => {
      const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, commandTimeout: askMs * UNANSWERED });
      // The call itself would only say that the connection is closed.
      let why: Error | undefined;
      redis.on('error', (error) => (why = error));
      try {
        await redis.connect().catch((error: Error) => {
          throw new Error(`Redis at ${new URL(url).host} does not answer: ${(why ?? error).message}`, { cause: why ?? error });
        });
        const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1] ?? 'unknown';
        if (policy !== 'noeviction') throw new RedisEvicts(policy);
      } finally {
        redis.disconnect();
      }
    },
    queue: (name, onError) => {
      const connection = watched(url, onError, askMs);
      const queue = new Queue(name, { connection, defaultJobOptions: JOB_OPTIONS });
      queue.on('error', onError);
      const jobs = asJobQueue(queue);
      return { ...jobs, close: () => jobs.close().finally(() => connection.disconnect()) };
    },
    worker: (name, process, onError) => {
      const connection = watched(url, onError, askMs);
      const worker = new Worker(name, (job: { data: QueuePayload }) => process(job.data.id), { connection, ...WORKER });
      worker.on('error', onError);
      return { close: () => worker.close().finally(() => connection.disconnect()) };
    },
  };
}
