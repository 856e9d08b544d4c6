import { createHmac } from 'node:crypto';
import { provision, type ProvisionedUrls, type RolePasswords } from '@lacollecte/database';
import { SessionTable1730000000000 } from '@lacollecte/gateway';
import { migrateQueues, PLATFORM_MIGRATIONS, TransportTables1700000000001 } from '@lacollecte/messaging';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { DEFINITIONS } from './definitions.js';

/** The gateway's own: who is signed in with a browser. */
export const SESSIONS = { name: 'gateway', migrations: [SessionTable1730000000000] } as const;

export interface Databases {
  readonly services: ReadonlyMap<string, ProvisionedUrls>;
  /** Of people signed in with a browser; for the gateway. */
  readonly sessions: string;
  /** The topic log, and BullMQ's tables: databases of their own, so that they fail as a broker and a Redis would. */
  readonly transport: string;
  readonly queues: string;
}

/** Follow from the superuser's, which is kept with the data: the same at each start, also beside a system that runs. */
function passwordsOf(superuserUrl: string, service: string): RolePasswords {
  const secret = new URL(superuserUrl).password;
  const of = (role: string): string => createHmac('sha256', secret).update(`${service} ${role}`).digest('hex');
  return { owner: of('owner'), app: of('app'), worker: of('worker') };
}

/** Creates or upgrades every database, of these services, on one server. */
export async function prepareDatabases(superuserUrl: string, definitions: readonly ServiceDefinition[] = DEFINITIONS): Promise<Databases> {
  const services = new Map<string, ProvisionedUrls>();
  const prepare = (name: string, migrations: readonly Function[]) => provision(superuserUrl, name, migrations, passwordsOf(superuserUrl, name));
  for (const { name, migrations } of definitions) services.set(name, await prepare(name, [...PLATFORM_MIGRATIONS, ...migrations]));
  const sessions = await prepare(SESSIONS.name, SESSIONS.migrations);
  const transport = await prepare('transport', [TransportTables1700000000001]);
  const queues = await prepare('queues', []);
  await migrateQueues(queues.owner);
  return { services, sessions: sessions.app, transport: transport.worker, queues: queues.owner };
}
