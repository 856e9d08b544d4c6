import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, stopPostgres } from '@lacollecte/database';

/** Where a run's test files find its server. */
export const SERVER_VARIABLE = 'LACOLLECTE_TEST_POSTGRES';

const PREFIX = 'lacollecte-test-';

/** One real server for a whole run, in a folder of its own, as durable as any: what is tested is what is run. */
export async function startTestServer(): Promise<() => Promise<void>> {
  await removeLeftBehind();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // The server may run as another user than a root who runs the tests.
  await chmod(folder, 0o755);
  const server = await startPostgres(folder);
  process.env[SERVER_VARIABLE] = server.url;
  return () => remove(folder);
}

async function remove(folder: string): Promise<void> {
  await stopPostgres(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Of runs that were killed. */
async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    // Another user's, or being removed by another run: not ours to mind.
    await remove(folder).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
