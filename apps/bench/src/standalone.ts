import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../standalone/dist/main.js', import.meta.url));
const START_SECONDS = 60;

/** The whole system in a process of its own, with its own PostgreSQL in a temporary folder. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  readonly folder: string;
  /** Milliseconds from start to ready; an empty folder, so that databases are made too. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

export async function startStandalone(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-system-'));
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  while (performance.now() - start < START_SECONDS * 1000) {
    const running = await readFile(join(folder, 'running.json'), 'utf8').then((text) => JSON.parse(text) as { url: string }, () => null);
    if (running) return { pid: child.pid!, url: running.url, folder, readyAfter: performance.now() - start, stop };
    if (child.exitCode !== null) break;
    await sleep(20);
  }
  await stop();
  throw new Error(`the system was not ready within ${START_SECONDS} s`);
}
