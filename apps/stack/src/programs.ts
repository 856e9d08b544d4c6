import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { freePorts, type Program, startProgram } from '@lacollecte/servers';
import type { Databases } from './prepare.js';
import type { Tier } from './process-record.js';
import type { Server, ServerName } from './servers.js';
import type { Site } from './site.js';

/** Who signs the tokens: the same for the life of an installation, whatever its port. Its keys are fetched from the gateway. */
const ISSUER = 'http://localhost:3000/oidc';
const HOST = '127.0.0.1';
const READY_MS = 120_000;

/** The compiled program of an application. */
export function programOf(app: string): string {
  return fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
}

/** One process of ours. */
export interface Plan {
  readonly name: string;
  readonly tier: Tier;
  readonly app: string;
  readonly port: number;
  /** `/live`, `/ready` and `/metrics` answer there. */
  readonly metricsPort: number;
  readonly env: NodeJS.ProcessEnv;
}

export interface PlanInput {
  readonly replicas: ReadonlyMap<ServiceName, number>;
  /** Of the gateway; 0: any free one. */
  readonly port: number;
  readonly servers: Record<ServerName, Server>;
  readonly databases: Databases;
}

/** Every process of the system, the gateway last. */
export async function plan({ replicas, port: wanted, servers, databases }: PlanInput): Promise<Plan[]> {
  const services = SERVICES.flatMap((service) => {
    const count = replicas.get(service)!;
    return Array.from({ length: count }, (_, i) => ({ service, name: count === 1 ? service : `${service}-${i + 1}` }));
  });
  const ports = await freePorts(2 * services.length + 2);
  const metricsPort = ports.pop()!;
  const port = wanted || ports.at(-1)!;
  const common = { HOST, TRANSPORT_URL: servers.Kafka.url, QUEUES_URL: servers.Redis.url, OIDC_ISSUER: ISSUER, OIDC_AUDIENCE: 'lacollecte', OIDC_JWKS_URL: `http://${HOST}:${port}/oidc/jwks` };
  const plans = services.map(({ service, name }, i): Plan => {
    const { app, worker } = databases.get(service)!;
    return { name, tier: 'service', app: service, port: ports[2 * i]!, metricsPort: ports[2 * i + 1]!, env: { ...common, DATABASE_URL: app, DATABASE_WORKER_URL: worker } };
  });
  const upstreams = SERVICES.map((service) => [`UPSTREAM_${service.toUpperCase()}`, plans.filter(({ app }) => app === service).map(urlOf).join(',')]);
  const gateway = { HOST, OIDC_ISSUER: ISSUER, DEMONSTRATION: 'true', DATABASE_URL: databases.get('gateway')!.app, ACCOUNTS_DATABASE_URL: databases.get('directory')!.worker, ...Object.fromEntries(upstreams) };
  return [...plans, { name: 'gateway', tier: 'gateway', app: 'gateway', port, metricsPort, env: gateway }];
}

export function urlOf({ port }: Plan): string {
  return `http://${HOST}:${port}`;
}

/** Starts a process of ours, and waits until it says that it is ready. @throws Error with the end of its log */
export async function startProcess(one: Plan, { folder, record }: Site, signal: AbortSignal): Promise<Program> {
  const { name, tier, app, port, metricsPort, env } = one;
  const program = await startProgram(process.execPath, ['--enable-source-maps', programOf(app)], {
    port, logFile: join(folder, 'log', `${name}.log`), env: { NODE_OPTIONS: '', ...env, PORT: `${port}`, METRICS_PORT: `${metricsPort}` },
    spawned: (pid) => record.add(name, tier, pid), signal,
  });
  try {
    const over = program.ended.then((how) => {
      throw new Error(`it ended (${how}) before it was ready`);
    });
    await Promise.race([ready(`http://${HOST}:${metricsPort}/ready`, signal), over]);
    return program;
  } catch (error) {
    await program.stop();
    throw error;
  }
}

async function ready(url: string, signal: AbortSignal): Promise<void> {
  let said = 'nothing answers';
  for (const deadline = Date.now() + READY_MS; ; await sleep(100, undefined, { signal })) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
      said = await response.text();
      if (response.ok) return;
    } catch {
      // It does not listen yet, or no more.
    }
    if (Date.now() > deadline) throw new Error(`it is not ready after ${READY_MS / 1000} s: ${said}`);
  }
}
