import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { type EmbeddedPostgres, provision, type ProvisionedUrls, startPostgres } from '@lacollecte/database';
import { directoryService } from '@lacollecte/directory';
import { dispatchService } from '@lacollecte/dispatch';
import { intakeService } from '@lacollecte/intake';
import { inventoryService } from '@lacollecte/inventory';
import { matchingService } from '@lacollecte/matching';
import { EmbeddedTransport, migrateQueues, PlatformTables1700000000000, postgresQueues, TOPIC_SPECS, TransportTables1700000000001 } from '@lacollecte/messaging';
import { refurbishmentService } from '@lacollecte/refurbishment';
import { createLog, createService } from '@lacollecte/runtime';
import { AUDIENCE, type Issuer, startIssuer } from './issuer.js';
import { ServiceProcess } from './service-process.js';

/** Services that a crash may strike; the directory, which only sets the scene, runs with us. */
export const STRUCK = ['intake', 'refurbishment', 'inventory', 'matching', 'dispatch'] as const;
export type Struck = (typeof STRUCK)[number];

const DEFINITIONS = [directoryService, intakeService, refurbishmentService, inventoryService, matchingService, dispatchService];
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What `npm run check -- --json` prints. */
export interface Checked {
  readonly exitCode: number;
  readonly violations: readonly { where: string; rule: string; id: string; detail: string }[];
  readonly inFlight: readonly object[];
}

/** A whole system on a PostgreSQL of its own, each service a process. */
export class System {
  private constructor(
    readonly issuer: Issuer,
    readonly processes: ReadonlyMap<Struck, ServiceProcess>,
    /** Where each service answers, without a slash at the end. */
    readonly urls: ReadonlyMap<ServiceName, string>,
    private readonly checkEnv: NodeJS.ProcessEnv,
    private readonly closers: (() => Promise<unknown> | void)[],
  ) {}

  static async start(): Promise<System> {
    const closers: (() => Promise<unknown> | void)[] = [];
    try {
      return await start(closers, (...parts) => new System(...parts, closers));
    } catch (error) {
      await close(closers);
      throw error;
    }
  }

  process(service: Struck): ServiceProcess {
    return this.processes.get(service)!;
  }

  /** Runs the command that verifies what must be true at all times, once all has settled. */
  async check(): Promise<Checked> {
    const child = spawn(process.execPath, [join(root, 'apps/check/dist/main.js'), '--settled', '--allow-empty', '--json'], { env: { ...process.env, ...this.checkEnv } });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (out === '') throw new Error(`check ended with ${code}: ${err}`);
    return { ...(JSON.parse(out) as Checked), exitCode: code ?? 1 };
  }

  /** What each process wrote last. */
  logs(): { name: string; said: string }[] {
    return [...this.processes.values()].map((service) => ({ name: service.name, said: service.said() }));
  }

  stop(): Promise<void> {
    return close(this.closers);
  }
}

async function close(closers: (() => Promise<unknown> | void)[]): Promise<void> {
  for (const closer of closers.splice(0).reverse()) await closer();
}

type Make = (issuer: Issuer, processes: ReadonlyMap<Struck, ServiceProcess>, urls: ReadonlyMap<ServiceName, string>, checkEnv: NodeJS.ProcessEnv) => System;

async function start(closers: (() => Promise<unknown> | void)[], make: Make): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), 'lacollecte-crash-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  // The server may run as another user than a root who runs the tests.
  await chmod(folder, 0o755);
  const postgres = await startPostgres(join(folder, 'postgres'));
  closers.push(() => postgres.stop());
  const { databases, transport, queues } = await prepare(postgres);
  const issuer = await startIssuer();
  closers.push(() => issuer.stop());
  const logs = join(folder, 'log');
  await mkdir(logs);
  const processes = new Map<Struck, ServiceProcess>();
  for (const name of STRUCK) {
    const port = await freePort();
    const { app, worker } = databases.get(name)!;
    const env = {
      ...process.env, NODE_OPTIONS: '', PORT: `${port}`, DATABASE_URL: app, DATABASE_WORKER_URL: worker, TRANSPORT_URL: transport, QUEUES_URL: queues, LOG_LEVEL: 'warn',
      OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: AUDIENCE, OIDC_JWKS_URL: issuer.jwksUrl,
    };
    const service = new ServiceProcess(name, join(root, 'apps', name, 'dist/main.js'), `http://127.0.0.1:${port}/api/${name}`, env, join(logs, `${name}.log`));
    processes.set(name, service);
    closers.push(() => service.stop());
  }
  const directory = await startDirectory(databases.get('directory')!, transport, queues, issuer, closers);
  await Promise.all([...processes.values()].map((service) => service.start()));
  const urls = new Map<ServiceName, string>([['directory', directory], ...[...processes].map(([name, { url }]) => [name, url] as const)]);
  const checkEnv = Object.fromEntries(SERVICES.map((name) => [`CHECK_DATABASE_URL_${name.toUpperCase()}`, at(postgres, name)]));
  return make(issuer, processes, urls, checkEnv);
}

function at(postgres: EmbeddedPostgres, database: string): string {
  const url = new URL(postgres.url);
  url.pathname = `/${database}`;
  return url.href;
}

async function prepare(postgres: EmbeddedPostgres): Promise<{ databases: Map<ServiceName, ProvisionedUrls>; transport: string; queues: string }> {
  const secret = randomBytes(16).toString('hex');
  const passwords = { owner: secret, app: secret, worker: secret };
  const databases = new Map<ServiceName, ProvisionedUrls>();
  for (const { name, migrations } of DEFINITIONS) databases.set(name, await provision(postgres.url, name, [PlatformTables1700000000000, ...migrations], passwords));
  const transport = await provision(postgres.url, 'transport', [TransportTables1700000000001], passwords);
  const queues = await provision(postgres.url, 'queues', [], passwords);
  await migrateQueues(queues.owner);
  return { databases, transport: transport.worker, queues: queues.owner };
}

async function startDirectory(database: ProvisionedUrls, transport: string, queues: string, issuer: Issuer, closers: (() => Promise<unknown> | void)[]): Promise<string> {
  const log = new EmbeddedTransport(transport);
  closers.push(() => log.close());
  await log.ensureTopics(TOPIC_SPECS);
  const service = await createService(directoryService, {
    database, transport: log, queues: postgresQueues(queues), auth: { issuer: issuer.issuer, audience: AUDIENCE, jwks: new URL(issuer.jwksUrl) }, log: createLog('warn'), poolSize: 3,
  });
  closers.push(() => service.stop());
  await service.app.listen(0, '127.0.0.1');
  return `${await service.app.getUrl()}/api/directory`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
