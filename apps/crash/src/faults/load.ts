import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { Client, Refused } from '../client.js';
import { organisation, type Scene } from '../people.js';
import { Random } from '../random.js';
import { WORK } from '../round.js';
import type { System } from '../system.js';

/** So long something may take that must happen: the longest fault lasts two minutes. */
export const PATIENCE_MS = 240_000;
/** Between two lots of whoever doesn't insist. */
const HURRY_MS = 150;

/** People at work while a fault strikes: devices go all the way to who gets them, lists are imported, and somebody never asks twice. */
export class Load {
  readonly client: Client;
  #going = true;
  readonly #people: Promise<void>[] = [];

  private constructor(
    system: System,
    private readonly scene: Scene,
  ) {
    this.client = new Client(system, PATIENCE_MS);
  }

  static async start(system: System, base: Scene, random: Random, quiet = false): Promise<Load> {
    const client = new Client(system, PATIENCE_MS);
    const scene = { ...base, donor: await organisation(client, 'donor') };
    const load = new Load(system, scene);
    if (quiet) return load;
    load.#work('dispatch', random);
    load.#work('intake', random);
    load.#people.push(load.#hurried());
    await client.until('people are at work', () => Promise.resolve(load.client.counts.answered > 5));
    return load;
  }

  #work(what: 'dispatch' | 'intake', random: Random): void {
    const own = new Random(random.between(0, 2 ** 31));
    const work = async (): Promise<void> => {
      while (this.#going) await WORK[what](this.client, this.scene, own);
    };
    // What `check` finds of it says more.
    this.#people.push(work().catch((error) => this.client.claim('work goes on', () => Promise.reject(error))));
  }

  /** Opens lots and asks each time once: of what has no answer nobody knows whether it was done. */
  async #hurried(): Promise<void> {
    const { client, scene: { donor } } = this;
    const outcomes = new Map<string, 'answered' | 'refused' | 'unknown'>();
    client.claim('a lot whose opening was answered is there once; whose was not, once at most; whose was refused, not at all', async () => {
      const there = new Map<string, number>();
      for (const { title } of await client.all(donor, 'intake/lots')) there.set(title, (there.get(title) ?? 0) + 1);
      const wrong = [...outcomes].filter(([title, outcome]) => {
        const times = there.get(title) ?? 0;
        return outcome === 'unknown' ? times > 1 : times !== (outcome === 'answered' ? 1 : 0);
      });
      return wrong.length === 0 ? undefined : wrong.map(([title, outcome]) => `${title}: ${outcome}, ${there.get(title) ?? 0} times`).join('; ');
    });
    for (; this.#going; await sleep(HURRY_MS)) {
      const title = `hurried ${v7()}`;
      try {
        outcomes.set(title, (await client.tryOnce(donor, 'intake/lots', { body: { title } })) ? 'answered' : 'unknown');
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        outcomes.set(title, 'refused');
      }
    }
  }

  /** Everybody ends what they have begun. */
  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#people);
  }
}
