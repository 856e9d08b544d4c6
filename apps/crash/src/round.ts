import { OBSERVERS, SERVICES, type ServiceName, topicsConsumedBy } from '@lacollecte/contracts';
import type { CrashPoint } from '@lacollecte/database';
import { Client } from './client.js';
import { donate, putAway, refurbish } from './donation.js';
import { allocate, deliver } from './gift.js';
import { announce } from './manifest.js';
import { organisation, type Scene } from './people.js';
import { Random } from './random.js';
import type { Strike } from './service-process.js';
import type { System } from './system.js';

/** What of the trade makes each service work. */
export type Work = (client: Client, scene: Scene, random: Random) => Promise<void>;

/** Those that read from topics. */
export const CONSUMERS = SERVICES.filter((service) => topicsConsumedBy(service).length > 0);
/** Those that decide something: observers are asked nothing that changes anything, and announce nothing. */
export const DECIDERS = SERVICES.filter((service) => !OBSERVERS.includes(service));
/** Services that pass each point when their work is done. */
export const TARGETS: Readonly<Record<CrashPoint, readonly ServiceName[]>> = {
  'http-before-begin': DECIDERS,
  'http-before-commit': DECIDERS,
  'http-after-commit': DECIDERS,
  'relay-before-publish': DECIDERS,
  'relay-after-publish': DECIDERS,
  'relay-in-mark': DECIDERS,
  'consumer-after-fetch': CONSUMERS,
  'consumer-in-transaction': CONSUMERS,
  'consumer-after-commit': CONSUMERS,
  'consumer-in-rebalance': CONSUMERS,
  'job-after-claim': ['intake', 'matching'],
  'job-after-effect': ['intake', 'matching'],
  'import-after-part': ['intake'],
  'round-after-solving': ['matching'],
  'round-half-written': ['matching'],
  'reservation-half-written': ['inventory'],
};
/** Points that everybody's work passes on any servers: what `npm run test:crash` strikes. */
export const CRASHES = [
  'relay-before-publish', 'relay-after-publish', 'consumer-in-transaction', 'consumer-after-commit', 'job-after-claim', 'job-after-effect', 'http-after-commit',
] as const satisfies readonly CrashPoint[];
/** Passes of one stretch of work, about: a strike comes at any of them, and at the latest in a later stretch. */
const PASSES: Readonly<Record<string, Partial<Record<ServiceName, number>>>> = {
  relay: { directory: 2, intake: 16, refurbishment: 8, inventory: 4, matching: 6, dispatch: 6 },
  consumer: { refurbishment: 4, inventory: 6, matching: 6, dispatch: 6, traceability: 8 },
  job: { intake: 2, matching: 1 },
  http: { directory: 4, intake: 14, refurbishment: 8, inventory: 2, matching: 3, dispatch: 6 },
};
export const passes = (point: CrashPoint, service: ServiceName): number => PASSES[point.split('-')[0]!]?.[service] ?? 1;
/** Stretches of work after which a point has not been passed: it never will be. */
const STRETCHES = 4;

const stock: Work = async (client, scene, random) => {
  const labels = await donate(client, scene, random.between(2, 4));
  await Promise.all(labels.map((label) => refurbish(client, scene, label)));
  await Promise.all(labels.map((label) => putAway(client, scene, label, random.pick(['A-01', 'A-02', 'A-03']))));
};
export const WORK: Readonly<Record<ServiceName, Work>> = {
  // It hears of everything.
  traceability: stock,
  directory: async (client) => {
    for (const activity of ['donor', 'structure', 'donor', 'structure'] as const) await organisation(client, activity);
  },
  intake: async (client, scene, random) => {
    // It hears of nobody else's doings.
    await organisation(client, 'donor');
    await announce(client, scene, random.between(50, 150));
    await donate(client, scene, random.between(2, 4));
  },
  refurbishment: stock,
  inventory: stock,
  matching: async (client, scene, random) => {
    await stock(client, scene, random);
    await allocate(client, await organisation(client, 'structure'), 2);
  },
  dispatch: async (client, scene, random) => {
    await stock(client, scene, random);
    await deliver(client, scene, await allocate(client, await organisation(client, 'structure'), 2), 2);
  },
};

/** One strike and the work around it. */
export interface Trial extends Strike {
  readonly service: ServiceName;
  readonly struck: boolean;
  readonly counts: Client['counts'];
  readonly violations: readonly string[];
}

export interface Round {
  readonly trials: readonly Trial[];
  /** Of the whole system, once all has settled. */
  readonly violations: readonly string[];
}

/** What may be struck. */
export interface Targets {
  readonly points: readonly CrashPoint[];
  readonly services: readonly ServiceName[];
}

/** The same for the same seed: what is struck, and when. Points of one service come one after the other, services side by side. */
function plan({ points, services }: Targets, random: Random): Map<ServiceName, Strike[]> {
  const lanes = new Map<ServiceName, Strike[]>();
  const load = (service: ServiceName): number => lanes.get(service)?.length ?? 0;
  const targetsOf = (point: CrashPoint): ServiceName[] => TARGETS[point].filter((service) => services.includes(service));
  // Those with the least choice first.
  for (const point of points.toSorted((a, b) => targetsOf(a).length - targetsOf(b).length)) {
    const least = Math.min(...targetsOf(point).map(load));
    const service = random.pick(targetsOf(point).filter((target) => load(target) === least));
    lanes.set(service, [...(lanes.get(service) ?? []), { point, pass: random.between(1, passes(point, service)) }]);
  }
  return lanes;
}

/** Strikes every point once while people work, lets all settle, and looks for what was lost or done twice. */
export async function strikeAll(system: System, scene: Scene, targets: Targets, seed: number): Promise<Round> {
  const random = new Random(seed);
  const lanes = [...plan(targets, random)].map(([service, strikes]) => ({ service, strikes, random: new Random(random.between(0, 2 ** 31)) }));
  const trials = (await Promise.all(lanes.map(({ service, strikes, random: own }) => lane(system, scene, service, strikes, own)))).flat();
  const violations = await system.violations();
  const proved = await Promise.all(trials.map(async ({ client, ...trial }) => ({ ...trial, counts: client.counts, violations: await client.broken() })));
  return { trials: proved, violations };
}

async function lane(system: System, scene: Scene, service: ServiceName, strikes: readonly Strike[], random: Random): Promise<(Omit<Trial, 'counts' | 'violations'> & { client: Client })[]> {
  const trials = [];
  const process = system.process(service);
  for (const strike of strikes) {
    const client = new Client(system);
    await process.stop();
    await process.start(strike);
    try {
      // Some also after it: what it missed may have struck it before anybody asked for anything.
      for (let stretch = 0; stretch === 0 || (stretch < STRETCHES && !process.struck); stretch++) await WORK[service](client, scene, random);
      await process.ready();
    } catch (error) {
      // What `check` finds of it says more.
      client.claim('work goes on', () => Promise.reject(error));
    }
    trials.push({ ...strike, service, struck: process.struck, client });
  }
  return trials;
}
