import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { type ProvisionedUrls, urlsOf } from '@lacollecte/database';
import { redisQueues } from '@lacollecte/messaging';
import { run, STATUS, StopReason } from '@lacollecte/servers';
import { programOf } from './programs.js';
import type { Server, ServerName } from './servers.js';
import type { Site } from './site.js';

/** A container listens before what is in it does, and a broker before it has its controller. */
const PATIENCE_MS = { given: 0, docker: 90_000, machine: 15_000 } as const;

/** Each service's addresses in the database server, and the gateway's. */
export type Databases = ReadonlyMap<ServiceName | 'gateway', ProvisionedUrls>;

/** Databases, tables, topics and the demonstration's accounts; what is there already is left as it is. @throws StopReason */
export async function prepare(servers: Record<ServerName, Server>, site: Site): Promise<Databases> {
  const admin = servers.PostgreSQL.url;
  const databases = new Map([...SERVICES, 'gateway' as const].map((service) => {
    const [owner, app, worker] = ['owner', 'app', 'worker'].map((role) => site.password(`${service} ${role}`)) as [string, string, string];
    return [service, urlsOf(admin, service, { owner, app, worker }, service)] as const;
  }));
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '', POSTGRES_ADMIN_URL: admin, TRANSPORT_URL: servers.Kafka.url };
  for (const [service, urls] of databases) {
    for (const role of ['owner', 'app', 'worker'] as const) env[`${service.toUpperCase()}_${role.toUpperCase()}_URL`] = urls[role];
  }
  const operate = (command: string): Promise<unknown> => run(process.execPath, [programOf('operate'), command], { env, signal: site.signal });
  site.say('Preparing the databases');
  await until(servers.PostgreSQL, () => operate('migrate'), site.signal);
  await until(servers.PostgreSQL, () => operate('demonstration'), site.signal);
  site.say('Creating the topics');
  await until(servers.Kafka, () => operate('topics'), site.signal);
  await until(servers.Redis, () => redisQueues(servers.Redis.url).check(), site.signal);
  return databases;
}

/** Of a server that was just started more than one attempt may be needed. */
async function until({ name, source }: Server, attempt: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS[source]; ; await sleep(500, undefined, { signal })) {
    try {
      await attempt();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (Date.now() > deadline) throw new StopReason(STATUS.error, `${name} cannot be used: ${(error as Error).message.replace(`${process.execPath}: `, '')}`, { cause: error });
    }
  }
}
