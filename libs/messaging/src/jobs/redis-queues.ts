import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { asJobQueue, JOB_OPTIONS, type QueuePayload, type Queues, WORKER } from './queues.js';

/** A server that may throw queues away. */
export class RedisEvicts extends Error {
  constructor(policy: string) {
    super(`Redis is set to evict what it holds (maxmemory-policy ${policy}), jobs among it: set maxmemory-policy noeviction, in redis.conf or with CONFIG SET maxmemory-policy noeviction`);
  }
}

/** BullMQ on Redis. What it holds can be lost: the sweep brings every job back from its row. */
export function redisQueues(url: string): Queues {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    check: async () => {
      const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
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
      const queue = new Queue(name, { connection, defaultJobOptions: JOB_OPTIONS });
      queue.on('error', onError);
      return asJobQueue(queue);
    },
    worker: (name, process, onError) => {
      const worker = new Worker(name, (job: { data: QueuePayload }) => process(job.data.id), { connection, ...WORKER });
      worker.on('error', onError);
      return { close: () => worker.close() };
    },
  };
}
