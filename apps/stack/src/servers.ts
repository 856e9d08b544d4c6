import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { Missing, STATUS, StopReason } from '@lacollecte/servers';
import { containerName, dockerRuns, inDocker } from './docker.js';
import { MACHINE } from './machine.js';
import { Packages } from './packages.js';
import type { Site } from './site.js';
import { Supervised } from './supervised.js';

export type ServerName = keyof typeof MACHINE;

/** The variable that names one, and how its address begins. */
const GIVEN: Readonly<Record<ServerName, { readonly variable: string; readonly scheme: RegExp; readonly example: string }>> = {
  Redis: { variable: 'QUEUES_URL', scheme: /^rediss?:\/\/[^/]/, example: 'redis://host:6379' },
  Kafka: { variable: 'TRANSPORT_URL', scheme: /^kafka:\/\/[^/]/, example: 'kafka://host:9092' },
  PostgreSQL: { variable: 'POSTGRES_ADMIN_URL', scheme: /^postgres(ql)?:\/\/[^/]/, example: 'postgres://user:password@host:5432/postgres' },
};
const DEFAULT_PORT: Readonly<Record<ServerName, number>> = { Redis: 6379, Kafka: 9092, PostgreSQL: 5432 };
const ANSWER_MS = 5_000;

/** Where a server was taken from. */
export type Source = keyof typeof SOURCE_WORDS;
export const SOURCE_WORDS = { given: 'named in the environment', docker: 'in Docker', machine: 'on this machine' } as const;
/** What a data folder stays with. */
type Kept = Exclude<Source, 'given'>;

/** A server that runs. */
export interface Server {
  readonly name: ServerName;
  readonly url: string;
  readonly source: Source;
  /** Null where it is not ours. */
  readonly supervised: Supervised | null;
}

/** Starts Redis, Kafka and PostgreSQL, each from the first source that has it; `started` is told of each. @throws StopReason */
export async function startServers(site: Site, connections: number, started: (server: Server) => void): Promise<Record<ServerName, Server>> {
  const engine = dockerRuns();
  const servers: Partial<Record<ServerName, Server>> = {};
  for (const name of ['Redis', 'Kafka', 'PostgreSQL'] as const) {
    site.signal.throwIfAborted();
    servers[name] = (await given(name, site)) ?? (await ours(name, site, await engine, connections, started));
  }
  return servers as Record<ServerName, Server>;
}

async function given(name: ServerName, { env, say }: Site): Promise<Server | null> {
  const { variable, scheme, example } = GIVEN[name];
  const url = env[variable];
  if (!url) return null;
  const hosts = /^\w+:\/\/(?:[^/]*@)?([^/?]+)/.exec(url)?.[1]?.split(',');
  if (!scheme.test(url) || !hosts) throw new StopReason(STATUS.usage, `${variable} takes an address such as ${example}`);
  const answers = await Promise.all(hosts.map((host) => answersAt(host, DEFAULT_PORT[name])));
  if (!answers.includes(true)) throw new StopReason(STATUS.missing, `no ${name} answers at ${hosts.join(', ')}, which ${variable} names: start it, or unset ${variable}`);
  say(`${name}: the one in ${variable}`);
  return { name, url, source: 'given', supervised: null };
}

async function answersAt(host: string, defaultPort: number): Promise<boolean> {
  const { hostname, port } = new URL(`http://${host}`);
  const socket = connect(Number(port) || (host.endsWith(':80') ? 80 : defaultPort), hostname.replace(/^\[|\]$/g, ''));
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function ours(name: ServerName, site: Site, engine: boolean, connections: number, started: (server: Server) => void): Promise<Server> {
  const source = sourceOf(name, site, engine);
  site.say(`Starting ${name} ${SOURCE_WORDS[source]}`);
  const launcher = await (source === 'docker' ? inDocker(name, site.folder, { connections, password: site.password('superuser') }) : MACHINE[name](site.folder, connections));
  const held = source === 'docker' ? { container: containerName(name, site.folder) } : name === 'PostgreSQL' ? ({ postgres: true } as const) : {};
  const supervised = new Supervised(name, (signal) => launcher.launch({ signal, spawned: (pid) => site.record.add(name, 'server', pid, held) }), site.say);
  await installing(name, site, supervised);
  const server = { name, url: launcher.url(), source, supervised };
  started(server);
  return server;
}

/** Starts it, and where something is missing has that installed and tries again. */
async function installing(name: ServerName, site: Site, supervised: Supervised): Promise<void> {
  const packages = new Packages(site);
  for (let installed = false; ; installed = true) {
    try {
      return await supervised.start(site.signal);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      const { variable } = GIVEN[name];
      const advice = `install it${site.consent === 'given' ? '' : ' (--yes has apt-get do it, where there is one)'}, start Docker, or name a ${name} in ${variable}`;
      if (installed || !(await packages.install(error))) throw new StopReason(STATUS.missing, `${error.message}: ${advice}`, { cause: error });
    }
  }
}

/** What a data folder began with, for its data is there. @throws StopReason */
function sourceOf(name: ServerName, { folder }: Site, engine: boolean): Kept {
  const file = join(folder, 'servers.json');
  const kept = readSources(file);
  const source = kept[name] ?? (engine ? 'docker' : 'machine');
  if (source === 'docker' && !engine) throw new StopReason(STATUS.missing, `the data of ${name} is in a Docker volume, and no Docker engine runs: start Docker, or choose another folder with --data`);
  writeFileSync(file, `${JSON.stringify({ ...kept, [name]: source })}\n`);
  return source;
}

function readSources(file: string): Partial<Record<ServerName, Kept>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<ServerName, Kept>>;
  } catch {
    return {};
  }
}
