import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type Account, accountFor } from './embedded-account.js';
import { type Binaries, binaries, checkVersion } from './embedded-binaries.js';
import { clusterOf, ifMissing, initialise, logOf, passwordOf } from './embedded-cluster.js';
import { alive, type Postmaster, postmaster, serves, stop, untilEnded } from './embedded-postmaster.js';
import { ended, failure, run } from './embedded-program.js';
import { SetupError } from './setup-error.js';

/** A PostgreSQL server of our own, on the loopback interface. */
export interface EmbeddedPostgres {
  /** Of the superuser, to the database `postgres`. */
  readonly url: string;
  readonly pid: number;
  /** True if it had been left running by a run that was killed. */
  readonly adopted: boolean;
  readonly logFile: string;
  /** Resolves once the process has ended, whatever ended it. */
  ended(): Promise<void>;
  /** Fast shutdown: transactions in progress are rolled back, everything committed is kept. Resolves once the process has ended. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Default: any free one, another at each start. */
  readonly port?: number;
  /** Most connections at once. */
  readonly connections?: number;
}

/** Small, for a server that shares a machine with the services; durability is PostgreSQL's default: fsync and synchronous_commit on. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '48MB',
  max_wal_size: '512MB',
  // Nothing replicates or archives from it.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  // Each worker is a process of several MB; queries here are short.
  io_method: 'sync',
  max_worker_processes: 2,
  max_parallel_workers: 0,
  max_parallel_workers_per_gather: 0,
  autovacuum_max_workers: 2,
  // Plans made while a table was small are made again soon after it has grown.
  autovacuum_naptime: '10s',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const START_SECONDS = 60;
/** Kept over one start, then begun anew. */
const LOG_BYTES = 5_000_000;

/**
 * Starts the server whose files are in `folder` (created if empty), or adopts the one already running there.
 * `folder` holds the cluster, the superuser's password (0600) and the server's log. One that is adopted keeps the options it has.
 * @throws SetupError
 */
export async function startPostgres(folder: string, options: PostgresOptions = {}): Promise<EmbeddedPostgres> {
  try {
    await mkdir(folder, { recursive: true });
    return await start(await realpath(folder), await binaries(), options);
  } catch (error) {
    throw SetupError.from(error, folder);
  }
}

/** Ends the server that may have been left running in `folder`, in whatever state its files are. */
export async function stopPostgres(folder: string): Promise<void> {
  const cluster = await realpath(clusterOf(folder)).catch(ifMissing(undefined));
  const server = cluster === undefined ? undefined : await postmaster(cluster);
  if (cluster !== undefined && server) await stop(cluster, server.pid);
}

async function start(folder: string, programs: Binaries, { port: given, connections = 200 }: PostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = clusterOf(folder);
  const logFile = logOf(folder);
  const account = await accountFor(cluster, folder, programs.postgres);
  const password = await passwordOf(folder, account);
  await checkVersion(cluster, programs, account);
  const running = await adopt(cluster, password, account);
  if (running) return running;
  if (!(await exists(cluster))) await initialise(folder, cluster, programs, account);
  const log = await open(logFile, (await sizeOf(logFile)) > LOG_BYTES ? 'w' : 'a', 0o600);
  try {
    const from = (await log.stat()).size;
    for (let attempt = 1; ; attempt++) {
      const port = given ?? (await freePort());
      const args = ['-D', cluster, ...Object.entries({ ...SETTINGS, max_connections: connections, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
      // Detached: a Ctrl-C in the terminal must reach the services first, and they stop the server.
      const child = run(account, programs.postgres, args, ['ignore', log.fd, log.fd], true);
      const server = await ready(child, cluster);
      if (server) return handle(cluster, password, server, false);
      const said = (await readFile(logFile, 'utf8')).slice(from);
      // The port was taken meanwhile; or the processes of a server that was killed have not noticed yet.
      if (attempt === 5 || !/Address already in use|pre-existing shared memory block/i.test(said)) throw failure(said, logFile);
      await delay(200 * attempt);
    }
  } finally {
    await log.close();
  }
}

/** Waits until the new server takes connections; undefined if it ended instead. */
async function ready(child: ChildProcess, cluster: string): Promise<Postmaster | undefined> {
  let over = child.pid === undefined;
  void ended(child).then(() => (over = true));
  child.unref();
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!over) {
    const server = await postmaster(cluster);
    if (server?.ready && server.pid === child.pid) return server;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new SetupError('postgres-failed', `PostgreSQL is not ready after ${START_SECONDS} s: see ${logOf(join(cluster, '..'))}`);
    }
    await delay(15);
  }
  return undefined;
}

/** The server left running by a run that was killed, if `postmaster.pid` speaks of a living server of this very folder. */
async function adopt(cluster: string, password: string, account: Account): Promise<EmbeddedPostgres | undefined> {
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const server = await postmaster(cluster);
    if (!server || !alive(server.pid)) return undefined;
    if (!(await serves(server.pid, cluster))) {
      // The number went to another process after a crash. PostgreSQL itself would refuse to start beside it.
      await rm(join(cluster, 'postmaster.pid'));
      return undefined;
    }
    if (server.ready && (await answers(server.port, password, cluster, account))) return handle(cluster, password, server, true);
    if (Date.now() > deadline)
      throw new SetupError('postgres-failed', `a PostgreSQL (process ${server.pid}) holds ${cluster} and does not answer: end it with \`kill -INT ${server.pid}\` and start again`);
    await delay(50);
  }
}

/** Asks the server for a random file of the folder: only the one whose folder this is can have it (a copied folder has the same password). */
async function answers(port: number, password: string, cluster: string, account: Account): Promise<boolean> {
  const name = `adopt-${randomBytes(8).toString('hex')}`;
  const proof = join(cluster, name);
  await writeFile(proof, name, { mode: 0o600 });
  const client = new Client({ connectionString: urlOf(port, password), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    if (account.owner) await chown(proof, account.owner.uid, account.owner.gid);
    await client.connect();
    const result = await client.query<{ content: string }>('select pg_read_file($1) as content', [name]);
    return result.rows[0]?.content === name;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
    await rm(proof, { force: true });
  }
}

function handle(cluster: string, password: string, server: Postmaster, adopted: boolean): EmbeddedPostgres {
  return {
    url: urlOf(server.port, password),
    pid: server.pid,
    adopted,
    logFile: logOf(join(cluster, '..')),
    ended: () => untilEnded(server.pid),
    stop: () => stop(cluster, server.pid),
  };
}

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ifMissing(undefined))) !== undefined;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(ifMissing(undefined)))?.size ?? 0;
}
