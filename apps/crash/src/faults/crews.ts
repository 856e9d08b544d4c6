import { Client } from '../client.js';
import { setScene } from '../people.js';
import { System } from '../system.js';
import { Distributed } from './distributed.js';
import type { Fault } from './fault.js';
import { type Trial, tryFault } from './trial.js';

/** One fault to be struck once. */
export interface Task {
  readonly fault: Fault;
  /** The seed of the run that it is a part of. */
  readonly run: number;
  /** Its own. */
  readonly seed: number;
}

/** Whole systems side by side: most of a trial is waiting. They share what is to be tried. */
export class Crews {
  readonly #systems = new Set<Promise<System<Distributed>>>();
  #stopping = false;

  constructor(
    private readonly tasks: Task[],
    /** Told of each trial as it ends, and of the system that it was tried on. */
    private readonly ended: (task: Task, trial: Trial, system: System) => void,
  ) {}

  /** Does all there is to do. @throws Error where a system does not start; nothing is left running then */
  async work(atOnce: number): Promise<void> {
    try {
      await Promise.all(Array.from({ length: Math.min(atOnce, this.tasks.length) }, () => this.#crew()));
    } catch (error) {
      if (this.#stopping) return;
      await this.stop();
      throw error;
    }
  }

  /** Gives up what is under way. Nothing is left running. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled([...this.#systems].map(async (starting) => (await starting).stop()));
  }

  /** Another system for what comes after a trial that found something wrong, as it stays wrong, and for each run: to look through what has piled up takes ever longer. */
  async #crew(): Promise<void> {
    while (this.tasks.length > 0 && !this.#stopping) {
      const starting = System.start(Distributed.start);
      this.#systems.add(starting);
      const system = await starting;
      try {
        await this.#use(system);
      } finally {
        await system.stop();
        this.#systems.delete(starting);
      }
    }
  }

  async #use(system: System<Distributed>): Promise<void> {
    const scene = await setScene(new Client(system));
    const run = this.tasks[0]?.run;
    while (this.tasks[0]?.run === run) {
      const task = this.tasks.shift();
      if (!task) return;
      const trial = await tryFault(system, scene, task.fault, task.seed).catch((error: Error) => failed(task, error));
      if (this.#stopping) return;
      this.ended(task, trial, system);
      if (trial.violations.length > 0) return;
    }
  }
}

function failed({ fault, seed }: Task, error: Error): Trial {
  const counts = { answered: 0, askedAgain: 0, refused: 0, unknown: 0 };
  return { fault: fault.name, seed, proof: null, violations: [`it could not be tried: ${error.stack}`], counts, recoverMs: null, lastedMs: 0 };
}
