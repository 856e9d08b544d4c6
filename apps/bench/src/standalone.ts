import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const START_SECONDS = 180;
/** Servers of its own, whatever the environment has. */
const OWN = { TRANSPORT_URL: '', QUEUES_URL: '', POSTGRES_ADMIN_URL: '' };

/** The whole system, with its own PostgreSQL in a temporary folder. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  readonly folder: string;
  /** Milliseconds from start to ready; an empty folder, so that databases are made too. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

/** In one process. */
export const startStandalone = (): Promise<Running> => start('standalone');

/** Each service in a process of its own, with Kafka and Redis. */
export const startStack = (): Promise<Running> => start('stack');

async function start(app: 'standalone' | 'stack'): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-system-'));
  const begun = performance.now();
  const main = fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...OWN } });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  while (performance.now() - begun < START_SECONDS * 1000) {
    const running = await readFile(join(folder, 'running.json'), 'utf8').then((text) => JSON.parse(text) as { url: string }, () => null);
    if (running) return { pid: child.pid!, url: running.url, folder, readyAfter: performance.now() - begun, stop };
    if (child.exitCode !== null) break;
    await sleep(20);
  }
  await stop();
  throw new Error(`the system was not ready within ${START_SECONDS} s`);
}
