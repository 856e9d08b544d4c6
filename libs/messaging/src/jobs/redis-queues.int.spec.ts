import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notHere, type RedisServer, run, startRedis } from '@lacollecte/servers';
import { eventually } from '@lacollecte/testing';
import { Redis } from 'ioredis';
import { jobsConformance } from './jobs.conformance.js';
import { redisQueues } from './redis-queues.js';

const QUEUE = 'test-redis';

async function server(): Promise<RedisServer & { readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lacollecte-redis-'));
  const redis = await startRedis(folder, { persistent: false });
  return {
    ...redis,
    remove: async () => {
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const reason = await notHere(() => run('redis-server', ['--version']));
if (reason !== null) it.todo(`conforms where Redis can be had: ${reason}`);
else jobsConformance('Redis', async () => {
  const redis = await server();
  const operator = new Redis(redis.url);
  return {
    queues: redisQueues(redis.url),
    forget: async () => void (await operator.flushall()),
    close: async () => {
      operator.disconnect();
      await redis.remove();
    },
  };
});

(reason === null ? describe : describe.skip)(`queues on Redis${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let redis: Awaited<ReturnType<typeof server>>;
  let operator: Redis;

  beforeAll(async () => {
    redis = await server();
    operator = new Redis(redis.url, { retryStrategy: () => 50 });
    operator.on('error', () => undefined);
  });
  afterAll(async () => {
    operator.disconnect();
    await redis.remove();
  });

  it('are refused where the server may evict them, with what to set', async () => {
    await operator.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(redisQueues(redis.url).check()).rejects.toThrow(/maxmemory-policy allkeys-lru.*set maxmemory-policy noeviction/);
    await operator.config('SET', 'maxmemory-policy', 'noeviction');
    await expect(redisQueues(redis.url).check()).resolves.toBeUndefined();
  });

  it('are refused where no server answers', async () => {
    await expect(redisQueues('redis://127.0.0.1:1').check()).rejects.toThrow(/ECONNREFUSED/);
  });

  it('go on after the server was away', async () => {
    const ran: string[] = [];
    const queues = redisQueues(redis.url);
    const queue = queues.queue(QUEUE, () => undefined);
    const worker = queues.worker(QUEUE, async (id) => void ran.push(id), () => undefined);
    await queue.add([{ id: 'job-before', delayMs: 0 }]);
    await eventually(() => expect(ran).toEqual(['job-before']), { what: 'the first job' });
    await redis.stop('SIGKILL');
    await redis.start();
    expect(await queue.forgot('job-before')).toBe(true);
    await queue.add([{ id: 'job-after', delayMs: 0 }]);
    await eventually(() => expect(ran).toEqual(['job-before', 'job-after']), { what: 'the job after the restart' });
    await worker.close();
    await queue.close();
  });

  it('go on after a connection has fallen silent while nobody was told', async () => {
    const clients: Socket[] = [];
    let silent = false;
    const between = createServer((client) => {
      const there = connect(redis.port, '127.0.0.1');
      clients.push(client.on('error', () => undefined));
      client.on('close', () => there.destroy());
      // Those of before hear nothing more; those that come are well.
      const deaf = (): boolean => silent && clients.indexOf(client) < before;
      client.on('data', (piece) => deaf() || there.write(piece));
      there.on('error', () => undefined).on('data', (piece) => deaf() || client.write(piece));
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    let before = 0;
    const told: string[] = [];
    const ran: string[] = [];
    const queues = redisQueues(`redis://127.0.0.1:${(between.address() as AddressInfo).port}`, { askMs: 50 });
    const queue = queues.queue('test-silence', ({ message }) => told.push(message));
    const worker = queues.worker('test-silence', async (id) => void ran.push(id), () => undefined);
    await queue.add([{ id: 'before', delayMs: 0 }]);
    await eventually(() => expect(ran).toEqual(['before']), { what: 'the first job' });
    [before, silent] = [clients.length, true];
    await queue.add([{ id: 'after', delayMs: 0 }]);
    await eventually(() => expect(ran).toEqual(['before', 'after']), { what: 'the job after the silence' });
    expect(told).toContainEqual(expect.stringContaining('Redis has answered nothing for 0.25 s'));
    await worker.close();
    await queue.close();
    between.close();
    for (const client of clients) client.destroy();
  }, 30_000);
});
