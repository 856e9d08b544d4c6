import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopPostgres } from '@lacollecte/database';
import { identityOf } from '@lacollecte/servers';

/** Who needs whom: what comes first is stopped first. */
export const STOP_ORDER = ['gateway', 'service', 'server'] as const;
export type Tier = (typeof STOP_ORDER)[number];

/** A process that we started. */
interface Started {
  readonly name: string;
  readonly tier: Tier;
  readonly pid: number;
  /** Tells it from a later process with the same number. */
  readonly identity: string | undefined;
  /** Of Docker, which outlives the process that speaks for it. */
  readonly container?: string;
  readonly postgres?: true;
}

/** After this long one that was asked to end is killed. */
const STOP_MS = 20_000;

/** What we started, on disk before anything can happen to us: nobody else's process is ever ended. */
export class ProcessRecord {
  readonly #file: string;
  readonly #started: Map<string, Started>;

  constructor(private readonly folder: string) {
    this.#file = join(folder, 'processes.json');
    this.#started = new Map(read(this.#file).map((one) => [one.name, one]));
  }

  /** At once: between this and the start of the process there is no wait. */
  add(name: string, tier: Tier, pid: number, more: Pick<Started, 'container' | 'postgres'> = {}): void {
    this.#started.set(name, { name, tier, pid, identity: identityOf(pid), ...more });
    writeFileSync(`${this.#file}.new`, `${JSON.stringify([...this.#started.values()], null, 1)}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Ends in order what still runs. Gives its names. */
  async sweep(): Promise<string[]> {
    const left = this.#living();
    for (const tier of STOP_ORDER) await Promise.all(left.filter((one) => one.tier === tier).map(end));
    await stopPostgres(join(this.folder, 'postgres'));
    for (const { container } of this.#started.values()) if (container) removeContainer(container);
    this.clear();
    return left.map(({ name }) => name);
  }

  /** Nothing of it runs any more. */
  clear(): void {
    this.#started.clear();
    rmSync(this.#file, { force: true });
  }

  /** At once and for good, as this process ends. PostgreSQL without a checkpoint: it recovers at its next start. */
  kill(): void {
    for (const { pid, container, postgres } of this.#living()) {
      try {
        process.kill(pid, postgres ? 'SIGQUIT' : 'SIGKILL');
      } catch {
        // It was quicker.
      }
      if (container) removeContainer(container);
    }
  }

  #living(): Started[] {
    return [...this.#started.values()].filter(lives);
  }
}

function lives({ pid, identity }: Started): boolean {
  return identity !== undefined && identityOf(pid) === identity;
}

async function end(one: Started): Promise<void> {
  const deadline = Date.now() + STOP_MS;
  for (let signal: NodeJS.Signals | 0 = one.postgres ? 'SIGINT' : 'SIGTERM'; lives(one); signal = 0) {
    try {
      process.kill(one.pid, Date.now() > deadline ? 'SIGKILL' : signal);
    } catch {
      return;
    }
    await sleep(50);
  }
}

/** With what it holds in memory; its volume stays. */
export function removeContainer(name: string): void {
  spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore', env: process.env });
}

function read(file: string): Started[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Started[];
  } catch {
    return [];
  }
}
