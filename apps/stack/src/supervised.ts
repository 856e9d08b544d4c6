import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '@lacollecte/servers';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** One that ran for so long has not died of what it died of before. */
const STEADY_MS = 60_000;

/** A program that is to run until it is stopped: one that dies by itself is started again, after a pause that grows. */
export class Supervised {
  readonly #stopping = new AbortController();
  #program: Program | undefined;
  #since = 0;
  #deaths = 0;
  #again: Promise<void> = Promise.resolve();

  /** @param launch gives it once it serves */
  constructor(
    readonly name: string,
    private readonly launch: (signal: AbortSignal) => Promise<Program>,
    private readonly say: (line: string) => void,
  ) {}

  /** @param signal gives up */
  async start(signal: AbortSignal): Promise<void> {
    await this.#launch(signal);
  }

  async #launch(signal: AbortSignal): Promise<void> {
    const program = await this.launch(signal);
    this.#program = program;
    this.#since = performance.now();
    void program.ended.then((how) => {
      if (!this.#stopping.signal.aborted) this.#again = this.#restart(how);
    });
  }

  async #restart(how: string): Promise<void> {
    const { signal } = this.#stopping;
    if (performance.now() - this.#since > STEADY_MS) this.#deaths = 0;
    for (let why = how; !signal.aborted; ) {
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#deaths++);
      this.say(`${this.name} has ended by itself (${why}): starting it again in ${pause / 1000} s`);
      try {
        await sleep(pause, undefined, { signal });
        await this.#launch(signal);
        this.say(`${this.name} runs again`);
        return;
      } catch (error) {
        why = (error as Error).message;
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#again;
    await this.#program?.stop();
  }
}
