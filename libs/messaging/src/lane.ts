import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { MessagingLog } from './log.js';

/** The poll is the guarantee, the wake-up the speed. */
const POLL_MS = 1_000;
const MAX_BACKOFF_MS = 10_000;
/** Its statements are short: a connection without an answer for so long is taken for dead. */
const ANSWER_MS = 20_000;
/** A replica that stands by tells the active one of its commits at most this often. */
const NOTIFY_EVERY_MS = 10;

/**
 * Work that one process at a time does in order: it holds an advisory lock on the one connection that it reads and marks
 * on, so that losing the lock and losing the ability to mark are the same event.
 */
export class Lane {
  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #woken = false;
  #running: Promise<void> = Promise.resolve();
  #standby: pg.Client | null = null;
  #notifying = false;

  /** `pass` does some of the work and gives how much; it is called again at once while that is more than 0. */
  constructor(
    private readonly name: string,
    private readonly url: string,
    private readonly log: MessagingLog,
    private readonly pass: (client: pg.ClientBase) => Promise<number>,
  ) {}

  get #channel(): string {
    return `lane_${this.name.replace(/\W/g, '_')}`;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Something was committed: look now. Coalesced; may be lost. */
  wake(): void {
    this.#woken = true;
    this.#wake.abort();
    if (this.#standby && !this.#notifying) this.#notify(this.#standby);
  }

  #notify(client: pg.Client): void {
    this.#notifying = true;
    setTimeout(() => {
      this.#notifying = false;
      client.query(`notify ${this.#channel}`).catch(() => undefined);
    }, NOTIFY_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let delay = 100; !this.#stopping.signal.aborted; delay = Math.min(delay * 2, MAX_BACKOFF_MS)) {
      const client = new pg.Client({ connectionString: this.url, application_name: `lane ${this.name}`, keepAlive: true, query_timeout: ANSWER_MS });
      client.on('error', () => this.#wake.abort());
      try {
        await client.connect();
        await this.#become(client);
        await this.#work(client, () => (delay = 100));
      } catch (error) {
        this.log.warn({ err: error, lane: this.name, delay }, 'lane failed for now; trying again');
        await sleep(delay, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      } finally {
        this.#standby = null;
        await client.end().catch(() => undefined);
      }
    }
  }

  /** Waits for the lock, and meanwhile passes wake-ups on to whoever has it. */
  async #become(client: pg.Client): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [this.name]);
      if (rows[0]!.locked) break;
      this.#standby = client;
      await sleep(POLL_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    this.#standby = null;
    client.on('notification', () => this.wake());
    await client.query(`listen ${this.#channel}`);
  }

  async #work(client: pg.Client, succeeded: () => void): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#woken = false;
      const done = await this.pass(client);
      succeeded();
      if (done === 0 && !this.#woken) await this.#idle();
    }
  }

  async #idle(): Promise<void> {
    this.#wake = new AbortController();
    if (this.#woken || this.#stopping.signal.aborted) return;
    await sleep(POLL_MS, undefined, { signal: this.#wake.signal }).catch(() => undefined);
  }
}
