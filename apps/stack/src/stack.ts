import type { ServiceName } from '@lacollecte/contracts';
import { prepare } from './prepare.js';
import { STOP_ORDER, type Tier } from './process-record.js';
import { type Plan, plan, startProcess } from './programs.js';
import { type Server, startServers } from './servers.js';
import type { Site } from './site.js';
import { Supervised } from './supervised.js';

/** Two pools of ten, and one connection for each lane and lock. */
const CONNECTIONS_OF_A_PROCESS = 30;
/** Of migrations, the issuer, checks and people. */
const OTHER_CONNECTIONS = 60;

/** The distributed system on one machine. */
export class Stack {
  readonly #running = new Map<Tier, Supervised[]>(STOP_ORDER.map((tier) => [tier, []]));

  constructor(private readonly site: Site) {}

  /** Servers, then services, then the gateway. @throws StopReason, Error; then `stop` ends what was started */
  async start(replicas: ReadonlyMap<ServiceName, number>, port: number): Promise<{ plans: Plan[]; servers: Server[] }> {
    const { site } = this;
    const processes = [...replicas.values()].reduce((sum, count) => sum + count, 0);
    const servers = await startServers(site, CONNECTIONS_OF_A_PROCESS * processes + OTHER_CONNECTIONS, ({ supervised }) => supervised && this.#running.get('server')!.push(supervised));
    const databases = await prepare(servers, site);
    const plans = await plan({ replicas, port, servers, databases });
    site.say(`Starting ${processes} processes of the services`);
    await Promise.all(plans.filter(({ tier }) => tier === 'service').map((one) => this.#start(one)));
    site.say('Starting the gateway');
    await Promise.all(plans.filter(({ tier }) => tier === 'gateway').map((one) => this.#start(one)));
    return { plans, servers: Object.values(servers) };
  }

  async #start(one: Plan): Promise<void> {
    const supervised = new Supervised(one.name, (signal) => startProcess(one, this.site, signal), this.site.say);
    this.#running.get(one.tier)!.push(supervised);
    try {
      await supervised.start(this.site.signal);
    } catch (error) {
      throw new Error(`${one.name} does not start: ${(error as Error).message}`, { cause: error });
    }
  }

  /** The gateway, then the services, then the servers. */
  async stop(): Promise<void> {
    for (const tier of STOP_ORDER) await Promise.all(this.#running.get(tier)!.splice(0).map((one) => one.stop()));
  }
}
