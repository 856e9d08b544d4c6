import type { Random } from '../random.js';
import type { Scene } from '../people.js';
import type { System } from '../system.js';
import type { Distributed } from './distributed.js';
import type { Load } from './load.js';

/** Where a fault strikes. */
export interface Ground {
  readonly system: System<Distributed>;
  readonly scene: Scene;
  readonly random: Random;
  /** People at work meanwhile. */
  readonly load: Load;
}

/** That it struck, and since when things can get better. */
export interface Blow {
  /** What shows that it struck, in words. */
  readonly proof: string;
  /** `performance.now()` */
  readonly over: number;
}

export interface Fault {
  readonly name: string;
  /** Nobody else is at work. */
  readonly quiet?: true;
  /** Does harm, sees that it was done, and takes away what caused it. @throws NotStruck */
  strike(ground: Ground): Promise<Blow>;
}

/** Several at once. */
export function together(name: string, faults: readonly Fault[]): Fault {
  return {
    name,
    strike: async (ground) => {
      const blows = await Promise.all(faults.map((fault) => fault.strike(ground)));
      return { proof: blows.map(({ proof }, i) => `${faults[i]!.name}: ${proof}`).join('; '), over: Math.max(...blows.map(({ over }) => over)) };
    },
  };
}

/** The harm was not done: nothing has been shown. */
export class NotStruck extends Error {}

/** @throws NotStruck unless it holds */
export function struck(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new NotStruck(otherwise);
}

/** Now, in the clock of `Blow.over`. */
export function now(proof: string): Blow {
  return { proof, over: performance.now() };
}
