import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { freePorts } from '@lacollecte/servers';
import { AUDIENCE, type Issuer, startIssuer } from './issuer.js';
import { Closers, embedded, type Platform, type StartPlatform } from './platform.js';
import { ServiceProcess } from './service-process.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What `npm run check -- --json` prints. */
export interface Checked {
  readonly exitCode: number;
  readonly violations: readonly { where: string; rule: string; id: string; detail: string }[];
  readonly inFlight: readonly object[];
}

/** A whole system on servers of its own, each service a process, and the gateway where the platform has one. */
export class System<P extends Platform = Platform> {
  readonly processes = new Map<ServiceName, ServiceProcess>();
  #gateway: ServiceProcess | null = null;

  private constructor(
    readonly platform: P,
    readonly issuer: Issuer,
    private readonly logFolder: string,
    private readonly closers: Closers,
  ) {}

  static start(): Promise<System>;
  static start<P extends Platform>(platform: StartPlatform<P>): Promise<System<P>>;
  static async start(platform: StartPlatform<Platform> = embedded): Promise<System> {
    const closers = new Closers();
    try {
      const folder = await mkdtemp(join(tmpdir(), 'lacollecte-crash-'));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      // The server may run as another user than a root who runs the tests.
      await chmod(folder, 0o755);
      const logs = join(folder, 'log');
      await mkdir(logs);
      const started = await platform(folder, closers);
      const issuer = await startIssuer();
      closers.push(() => issuer.stop());
      const system = new System(started, issuer, logs, closers);
      await system.#startServices();
      return system;
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  async #startServices(): Promise<void> {
    const ports = await freePorts(SERVICES.length);
    for (const [i, name] of SERVICES.entries()) this.processes.set(name, this.#make(name, name, ports[i]!));
    this.closers.push(() => Promise.all([...this.processes.values()].map((service) => service.stop())));
    await Promise.all([...this.processes.values()].map((service) => service.start()));
    if (this.platform.gateway !== null) await this.#startGateway(this.platform.gateway);
  }

  async #startGateway(sessions: string): Promise<void> {
    const [port, metrics] = await freePorts(2);
    const upstreams = Object.fromEntries([...this.processes].map(([name, { url }]) => [`UPSTREAM_${name.toUpperCase()}`, new URL(url).origin]));
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env, NODE_OPTIONS: '', PORT: `${port}`, METRICS_PORT: `${metrics}`, DATABASE_URL: sessions, LOG_LEVEL: 'warn',
      // People here bring their tokens; nobody signs in with a browser.
      PUBLIC_URL: url, OIDC_ISSUER: this.issuer.issuer, OIDC_CLIENT_SECRET: 'nobody-signs-in', ...upstreams,
    };
    const gateway = new ServiceProcess('gateway', join(root, 'apps/gateway/dist/main.js'), url, env, join(this.logFolder, 'gateway.log'), `http://127.0.0.1:${metrics}/ready`);
    this.closers.push(() => gateway.stop());
    await gateway.start();
    this.#gateway = gateway;
  }

  #make(service: ServiceName, name: string, port: number): ServiceProcess {
    const { app, worker } = this.platform.databases.get(service)!;
    const env = {
      ...process.env, NODE_OPTIONS: '', PORT: `${port}`, METRICS_PORT: '0', DATABASE_URL: app, DATABASE_WORKER_URL: worker, TRANSPORT_URL: this.platform.transport,
      QUEUES_URL: this.platform.queues, LOG_LEVEL: 'warn', OIDC_ISSUER: this.issuer.issuer, OIDC_AUDIENCE: AUDIENCE, OIDC_JWKS_URL: this.issuer.jwksUrl,
    };
    return new ServiceProcess(name, join(root, 'apps', service, 'dist/main.js'), `http://127.0.0.1:${port}/api/${service}`, env, join(this.logFolder, `${name}.log`));
  }

  process(service: ServiceName): ServiceProcess {
    return this.processes.get(service)!;
  }

  /** One more process of a service, not started yet; whoever asks for it ends it. */
  async replica(service: ServiceName): Promise<ServiceProcess> {
    const [port] = await freePorts(1);
    return this.#make(service, `${service}-${port}`, port!);
  }

  /** @throws Error where people go to each service */
  get gateway(): ServiceProcess {
    if (!this.#gateway) throw new Error('this system has no gateway');
    return this.#gateway;
  }

  /** Where people reach a service, without a slash at the end. */
  url(service: ServiceName): string {
    return this.#gateway ? `${this.#gateway.url}/api/${service}` : this.process(service).url;
  }

  /** Of the superuser, to one service's database, past whatever stands before it. */
  databaseUrl(service: ServiceName): string {
    const url = new URL(this.platform.superuser());
    url.pathname = `/${service}`;
    return url.href;
  }

  /** Runs the command that verifies what must be true at all times, once all has settled. */
  async check(): Promise<Checked> {
    const urls = Object.fromEntries(SERVICES.map((name) => [`CHECK_DATABASE_URL_${name.toUpperCase()}`, this.databaseUrl(name)]));
    const child = spawn(process.execPath, [join(root, 'apps/check/dist/main.js'), '--settled', '--allow-empty', '--json'], { env: { ...process.env, ...urls } });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (out === '') throw new Error(`check ended with ${code}: ${err}`);
    return { ...(JSON.parse(out) as Checked), exitCode: code ?? 1 };
  }

  /** What `check` found, in words. */
  async violations(): Promise<string[]> {
    const checked = await this.check();
    const found = checked.violations.map(({ where, rule, id, detail }) => `${where}: ${rule}: ${id}: ${detail}`);
    if (checked.exitCode !== 0 && found.length === 0) found.push(`check ended with ${checked.exitCode}, ${checked.inFlight.length} events in flight`);
    return found;
  }

  /** What each process wrote last. */
  logs(): { name: string; said: string }[] {
    return [...this.processes.values(), ...(this.#gateway ? [this.#gateway] : [])].map((one) => ({ name: one.name, said: one.said() }));
  }

  stop(): Promise<void> {
    return this.closers.close();
  }
}
