import { NO_CAUSE, type Pool, SYSTEM } from '@lacollecte/database';
import type { Log } from './log.js';
import type { Sweep } from './service.js';

/** Runs a service's sweeps by timer; of all replicas one at a time does a sweep (advisory lock of its transaction). */
export class Sweeper {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #busy = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(
    private readonly worker: Pool,
    private readonly sweeps: readonly Sweep[],
    private readonly log: Log,
  ) {}

  start(): void {
    for (const sweep of this.sweeps) {
      this.#timers.push(setInterval(() => this.#tick(sweep), sweep.everySeconds * 1000));
    }
  }

  #tick(sweep: Sweep): void {
    if (this.#stopped || this.#busy.has(sweep.name)) return;
    const run = this.run(sweep)
      .catch((err: unknown) => this.log.warn({ err, sweep: sweep.name }, 'sweep failed for now'))
      .finally(() => this.#busy.delete(sweep.name));
    this.#busy.set(sweep.name, run);
  }

  /** Until nothing is due, another replica is at it, or we stop. */
  async run(sweep: Sweep): Promise<void> {
    for (let done = 1; done > 0 && !this.#stopped; ) {
      done = await this.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
        const lock = await tx.one<{ had: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as had', [sweep.name]);
        return lock?.had ? sweep.run(tx) : 0;
      });
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#busy.values());
  }
}
