import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { announce } from '../manifest.js';
import { type Fault, type Ground, now, struck } from './fault.js';

/** Lists whose reading and import are under way. */
const LISTS = 6;
const CUT_MS = 5_000;

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Strikes while jobs wait in Redis or run; every list gets read and imported all the same. */
async function withJobs({ system: { platform }, load, scene, random }: Ground, strike: () => Promise<void>): Promise<{ held: number; jobs: number }> {
  const lists = Promise.all(Array.from({ length: LISTS }, () => announce(load.client, scene, random.between(300, 900))));
  let [held, jobs] = [0, 0];
  try {
    for (const end = Date.now() + 30_000; jobs === 0 && Date.now() < end; await sleep(5)) {
      [held, jobs] = await withRedis(platform.redis.url, async (redis) => {
        const waiting = await redis.eval(`local n = 0 for _, q in ipairs({'intake-read-manifest', 'intake-import-manifest', 'matching-run-round'}) do for _, l in ipairs({'wait', 'active'}) do n = n + redis.call('llen', 'bull:' .. q .. ':' .. l) end end return n`, 0);
        return [await redis.dbsize(), Number(waiting)];
      });
    }
    await strike();
  } finally {
    await lists;
  }
  return { held, jobs };
}

export const redisFaults: readonly Fault[] = [
  {
    name: 'Redis flushed',
    strike: async (ground) => {
      const { platform } = ground.system;
      let over = 0;
      const { held, jobs } = await withJobs(ground, async () => {
        await withRedis(platform.redis.url, (redis) => redis.flushall());
        over = performance.now();
      });
      struck(jobs > 0, `it held ${held} keys and no job`);
      return { proof: `${held} keys were gone, ${jobs} jobs waiting or running among them`, over };
    },
  },
  {
    name: 'Redis started again with nothing, keeping nothing',
    strike: async (ground) => {
      const { platform } = ground.system;
      let [over, left] = [0, -1];
      const { held, jobs } = await withJobs(ground, async () => {
        await platform.forgetRedis();
        over = performance.now();
        left = Number(/rdb_saves:(\d+)/.exec(await withRedis(platform.redis.url, (redis) => redis.info('persistence')))?.[1] ?? 0);
      });
      struck(jobs > 0, `it held ${held} keys and no job`);
      return { proof: `another Redis, which has saved ${left} times, stood in its place; ${held} keys and ${jobs} jobs were gone`, over };
    },
  },
  {
    name: 'Redis connections half open',
    strike: async (ground) => {
      let [over, silenced] = [0, 0];
      const { jobs } = await withJobs(ground, async () => {
        silenced = ground.system.platform.redisProxy.silenceAll();
        over = performance.now();
      });
      struck(silenced > 3 && jobs > 0, `${silenced} connections fell silent, with ${jobs} jobs under way`);
      return { proof: `${silenced} connections fell silent with ${jobs} jobs under way, and nobody was told`, over };
    },
  },
  {
    name: 'Redis cut off',
    strike: async (ground) => {
      const { redisProxy } = ground.system.platform;
      let [over, cut] = [0, 0];
      const { jobs } = await withJobs(ground, async () => {
        cut = redisProxy.cutOff(true);
        await sleep(CUT_MS);
        redisProxy.cutOff(false);
        over = performance.now();
      });
      struck(cut > 3 && jobs > 0, `${cut} connections were cut, with ${jobs} jobs under way`);
      return { proof: `${cut} connections were reset with ${jobs} jobs under way, and none was taken for ${CUT_MS / 1000} s`, over };
    },
  },
  {
    name: 'Redis set to evict',
    strike: async ({ system }) => {
      const set = (policy: string) => withRedis(system.platform.redis.url, (redis) => redis.config('SET', 'maxmemory-policy', policy));
      await set('allkeys-lru');
      try {
        const said = await (await system.replica('intake')).refusal();
        struck(/set maxmemory-policy noeviction/.test(said), `a service said: ${said}`);
        return now(`a service refused to start: ${/Redis is set to evict[^"\n]{0,120}/.exec(said)?.[0]}`);
      } finally {
        await set('noeviction');
      }
    },
  },
];
