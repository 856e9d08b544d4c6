import type { ServiceName } from '@lacollecte/contracts';
import { CRASH_POINTS, type CrashPoint } from '@lacollecte/database';
import { announce } from '../manifest.js';
import { passes, TARGETS, WORK } from '../round.js';
import { type Fault, type Ground, struck } from './fault.js';

const STRIKE_MS = 120_000;
/** Three parts of a list, so that there is a second and a third to import after the first. */
const LONG_LIST = 6_000;
/** Points that are passed seldom. */
const FEW: Partial<Record<CrashPoint, number>> = { 'import-after-part': 2, 'consumer-in-rebalance': 1, 'round-after-solving': 1, 'round-half-written': 1, 'reservation-half-written': 2 };

/** What makes the point be passed, where people's ordinary work doesn't. */
const PROVOKE: Partial<Record<CrashPoint, (ground: Ground, service: ServiceName) => Promise<() => Promise<void>>>> = {
  'import-after-part': async ({ load, scene }) => {
    await announce(load.client, scene, LONG_LIST);
    return () => Promise.resolve();
  },
  // One more takes part: everybody begins to share anew.
  'consumer-in-rebalance': async ({ system }, service) => {
    const replica = await system.replica(service);
    await replica.start();
    return () => replica.stop();
  },
};

/** People register all the while: at other work few do. */
async function registering({ system, load, scene, random }: Ground): Promise<() => Promise<void>> {
  let going = true;
  const work = async (): Promise<void> => {
    while (going && !system.process('directory').struck) await WORK.directory(load.client, scene, random);
  };
  const working = work();
  return () => {
    going = false;
    return working;
  };
}

/** `kill -9` of a service at a point. Which one, unless it is named, and at which pass follows from the seed. */
export const killAt = (point: CrashPoint, named?: ServiceName): Fault => ({
  name: `kill at ${point}`,
  strike: async (ground) => {
    const { system, random, load } = ground;
    const service = named ?? random.pick(TARGETS[point]);
    const pass = random.between(1, FEW[point] ?? passes(point, service));
    const process = system.process(service);
    await process.stop();
    await process.start({ point, pass });
    const tidy = await (service === 'directory' ? registering(ground) : PROVOKE[point]?.(ground, service));
    const died = await process.strikes(STRIKE_MS);
    await tidy?.();
    if (died === null) await process.stop().then(() => process.start());
    struck(died !== null, `${service} never passed ${point} for the ${pass}. time, ${load.client.counts.answered} commands were answered`);
    return { proof: `${service} died there at pass ${pass}: SIGKILL, and wrote so`, over: died };
  },
});

export const kills: readonly Fault[] = CRASH_POINTS.map((point) => killAt(point));
