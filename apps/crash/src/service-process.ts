import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrashPoint } from '@lacollecte/database';

/** Where a process is to die: at which pass of which point. */
export interface Strike {
  readonly point: CrashPoint;
  readonly pass: number;
}

const READY_MS = 60_000;

/** A service, or the gateway, in a process of its own. One that was killed at its point is started again, whole. */
export class ServiceProcess {
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #strike: Strike | undefined;
  #stopping = false;
  #failure: Error | undefined;
  #diedAt = 0;
  /** With which it ended last; null where a signal ended it, or nothing has. */
  exitCode: number | null = null;
  /** Whether it died where it was told to. */
  struck = false;

  /**
   * @param entry the program
   * @param url where it answers, without a slash at the end
   * @param logFile gets both its outputs
   * @param health where it says whether it serves
   */
  constructor(
    readonly name: string,
    private readonly entry: string,
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly logFile: string,
    private readonly health = `${url}/health`,
  ) {}

  /** Starts it, and waits until it serves. @throws Error with the end of its log */
  async start(strike?: Strike): Promise<void> {
    this.#strike = strike;
    this.struck = false;
    this.#stopping = false;
    this.#spawn();
    await this.ready();
  }

  #spawn(): void {
    const from = this.logged().length;
    const log = openSync(this.logFile, 'a');
    const crashAt = this.#strike ? { CRASH_AT: `${this.#strike.point}:${this.#strike.pass}` } : {};
    const child = spawn(process.execPath, ['--enable-source-maps', this.entry], { env: { ...this.env, ...crashAt }, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exitCode = code;
        resolve();
        this.#died(code, signal, from);
      });
    });
  }

  /** Killed at its point: that is proved by the signal and by what it wrote last. Anything else is a failure of the test. */
  #died(code: number | null, signal: string | null, from: number): void {
    if (this.#stopping) return;
    if (this.#strike && signal === 'SIGKILL' && this.logged().slice(from).includes(`crashed at ${this.#strike.point}\n`)) {
      this.struck = true;
      this.#diedAt = performance.now();
      this.#strike = undefined;
      this.#spawn();
      return;
    }
    this.#failure = new Error(`${this.name} ended by itself (${signal ?? code}): ${this.said()}`);
  }

  /** Waits until it has died where it was told to. Gives when (`performance.now()`), or null where it did not in time. */
  async strikes(timeoutMs: number): Promise<number | null> {
    for (const deadline = Date.now() + timeoutMs; !this.struck && Date.now() < deadline; ) await sleep(20);
    return this.struck ? this.#diedAt : null;
  }

  /** Waits until it serves. @throws Error */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (!(await this.healthy())) {
      if (this.#failure) throw this.#failure;
      if (Date.now() > deadline) throw new Error(`${this.name} does not serve after ${READY_MS / 1000} s: ${this.said()}`);
      await sleep(50);
    }
  }

  /** Whether it serves. */
  async healthy(): Promise<boolean> {
    try {
      const response = await fetch(this.health, { signal: AbortSignal.timeout(5_000) });
      const { status } = (await response.json()) as { status?: string };
      return response.ok && status !== 'down';
    } catch {
      return false;
    }
  }

  /** The event loop stands still, as if the machine did. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Whether it is up and answers within a second. */
  async answers(): Promise<boolean> {
    const answer = await fetch(this.health, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    return answer !== null;
  }

  /** Starts it, expecting that it refuses. Gives what it said. @throws Error where it serves, or neither within a minute */
  async refusal(): Promise<string> {
    this.#stopping = true;
    this.#spawn();
    const over = await Promise.race([this.#ended.then(() => true), sleep(READY_MS).then(() => false)]);
    if (over) return this.said();
    await this.stop();
    throw new Error(`${this.name} did not refuse to start: ${this.said()}`);
  }

  /** `kill -9`, and started again at once. Gives which process died, and when (`performance.now()`). */
  async kill(): Promise<{ pid: number; died: number }> {
    const { pid } = this.#child!;
    this.#stopping = true;
    this.#child!.kill('SIGKILL');
    await this.#ended;
    const died = performance.now();
    if (this.#child!.signalCode !== 'SIGKILL') throw new Error(`${this.name} ended otherwise: ${this.#child!.signalCode ?? this.exitCode}`);
    await this.start();
    return { pid: pid!, died };
  }

  /** Ends it cleanly. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.resume();
    this.#child?.kill('SIGTERM');
    const patience = setTimeout(() => this.#child?.kill('SIGKILL'), 20_000);
    await this.#ended;
    clearTimeout(patience);
  }

  /** The end of what it wrote. */
  said(): string {
    return this.logged().slice(-4_000);
  }

  /** Everything it wrote. */
  logged(): string {
    try {
      return readFileSync(this.logFile, 'utf8');
    } catch {
      return '';
    }
  }
}
