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
  /** Does harm, sees that it was done, and takes away what caused it. @throws NotStruck */
  strike(ground: Ground): Promise<Blow>;
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
