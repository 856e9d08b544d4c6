import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import pg from 'pg';
import { withDatabases } from './backlog.js';
import { type Fault, type Ground, now, struck } from './fault.js';
import { CONSUMERS, DECIDERS } from '../round.js';

/** Longer than a member's session (10 s) and than a job's lock (15 s). */
const LATE_MS = 20_000;
const BLOCKED_MS = 60_000;

/** Stands still for so long; not even a heartbeat leaves it. */
async function standStill({ system }: Ground, service: ServiceName, ms: number): Promise<void> {
  const process = system.process(service);
  process.pause();
  try {
    await sleep(ms / 2);
    struck(!(await process.answers()), `${service} answered while it stood still`);
    await sleep(ms / 2);
  } finally {
    process.resume();
  }
  for (const end = Date.now() + 10_000; !(await process.answers()); ) struck(Date.now() < end, `${service} never woke up`);
}

/** The database process of whoever is the relay of a service. */
const RELAY = `select l.pid from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and a.application_name = $1 and a.datname = current_database()`;

async function relayOf(database: pg.Client, service: ServiceName): Promise<number | null> {
  const { rows } = await database.query<{ pid: number }>(RELAY, [`lane ${service} events`]);
  return rows[0]?.pid ?? null;
}

export const processFaults: readonly Fault[] = [
  {
    name: 'event loop blocked for 60 s',
    strike: async (ground) => {
      const service = ground.random.pick(SERVICES);
      await standStill(ground, service, BLOCKED_MS);
      return now(`${service} stood still for ${BLOCKED_MS / 1000} s and answered nothing`);
    },
  },
  {
    name: 'a twin of a consumer that wakes up late',
    strike: async (ground) => {
      const service = ground.random.pick(CONSUMERS);
      const twin = await ground.system.replica(service);
      await twin.start();
      try {
        const from = ground.system.process(service).said().length;
        await standStill(ground, service, LATE_MS);
        const woke = /(The group is rebalancing|not aware of this member|consumer failed for now|coordinator is not aware|rejoin)/i;
        const process = ground.system.process(service);
        for (const end = Date.now() + 15_000; !woke.test(process.logged().slice(from)) && Date.now() < end; ) await sleep(100);
        struck(woke.test(process.logged().slice(from)), `${service} never learnt that it had lost its place: ${process.said()}`);
        return now(`${service} stood still for ${LATE_MS / 1000} s while its twin took its partitions, and learnt of it afterwards: ${woke.exec(process.logged().slice(from))![0]}`);
      } finally {
        await twin.stop();
      }
    },
  },
  {
    name: 'two relays at once',
    strike: async ({ system, random }) => {
      const service = random.pick(DECIDERS);
      const twin = await system.replica(service);
      await twin.start();
      try {
        return await withDatabases(system, async (databases) => {
          const database = databases.get(service)!;
          const takes: string[] = [];
          // The one that stands still has read what it is about to publish; the server thinks that it is gone.
          for (let i = 0; i < 4; i++) {
            const [process, other] = i % 2 === 0 ? [system.process(service), twin] : [twin, system.process(service)];
            const first = await untilRelay(database, service, null);
            other.resume();
            process.pause();
            await database.query('select pg_terminate_backend($1)', [first]);
            const held = await Promise.race([untilRelay(database, service, first), sleep(4_000).then(() => null)]);
            process.resume();
            if (held !== null) takes.push(`${first} → ${held}`);
            await sleep(1_000);
          }
          struck(takes.length > 0, 'nobody took over');
          return now(`the relay of ${service} was taken over while its holder was in the middle of it: database processes ${takes.join(', ')}`);
        });
      } finally {
        await twin.stop();
      }
    },
  },
];

async function untilRelay(database: pg.Client, service: ServiceName, not: number | null): Promise<number> {
  for (;;) {
    const pid = await relayOf(database, service);
    if (pid !== null && pid !== not) return pid;
    await sleep(20);
  }
}
