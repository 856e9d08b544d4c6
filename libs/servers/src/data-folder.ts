import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stopPostgres } from '@lacollecte/database';
import { identityOf } from './process-identity.js';
import { STATUS, StopReason } from './stop-reason.js';

/** Of the folder's layout; raised when an older version could no longer read it. */
const VERSION = 1;
const MARKER = 'lacollecte.json';
/** Folder of a stack's data, which may lie in that of a standalone system. */
export const STACK_FOLDER = 'stack';
/** How long a run that is stopping may take to let go of the folder. */
const SETTLE_MS = 15_000;

/** Whose data a folder has: how events travel differs, and with it where they are kept. */
export type FolderKind = 'standalone' | 'stack';

const COMMAND: Record<FolderKind, string> = { standalone: 'npm start', stack: 'npm run stack' };

/** The process that has a folder. */
export interface Holder {
  readonly pid: number;
  readonly identity: string | undefined;
}

/** Where a run can be reached: read by `npm run demo` and `npm run check`. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  /** PostgreSQL's superuser, where its files are not in the folder. */
  readonly postgres?: string;
}

/** Everything that a system keeps, in use by one process at a time. */
export class DataFolder {
  private constructor(readonly path: string) {}

  /** Where PostgreSQL has its files. */
  get postgres(): string {
    return join(this.path, 'postgres');
  }

  /** Creates the folder or recognises it, and takes it for this process. @throws StopReason */
  static async take(path: string, kind: FolderKind = 'standalone'): Promise<DataFolder> {
    await recognise(path, kind);
    await lock(path);
    return new DataFolder(path);
  }

  /** The folder of a system that may be running, as it is. @throws StopReason if it is no data folder of this version */
  static async look(path: string): Promise<DataFolder> {
    await recognise(path, 'standalone');
    return new DataFolder(path);
  }

  /** The process that has the folder, if it lives. @throws StopReason if it is of another kind */
  static async holder(path: string, kind: FolderKind = 'standalone'): Promise<Holder | undefined> {
    if (!existsSync(join(path, MARKER))) return undefined;
    await recognise(path, kind);
    const holder = await holderOf(join(path, 'lock'));
    return holder && lives(holder) ? holder : undefined;
  }

  /** The system that runs on this folder, if one does. */
  async running(): Promise<Running | undefined> {
    const holder = await holderOf(join(this.path, 'lock'));
    return holder && lives(holder) ? runningOf(this.path, holder) : undefined;
  }

  /** Deletes all that is kept, except the hold on the folder. */
  async clear(): Promise<void> {
    await stopPostgres(this.postgres);
    for (const name of await readdir(this.path)) {
      if (![MARKER, 'lock', STACK_FOLDER].includes(name)) await rm(join(this.path, name), { recursive: true, force: true });
    }
  }

  async announce(url: string, { postgres }: Pick<Running, 'postgres'> = {}): Promise<void> {
    const file = join(this.path, 'running.json');
    await writeFile(`${file}.new`, `${JSON.stringify({ pid: process.pid, url, postgres })}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  async withdraw(): Promise<void> {
    await rm(join(this.path, 'running.json'), { force: true });
  }

  async release(): Promise<void> {
    await rm(join(this.path, 'lock'), { force: true });
  }
}

/** An empty folder becomes ours; any other must be: what --reset deletes is never somebody's own. */
async function recognise(path: string, kind: FolderKind): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' || error.code === 'ENOTDIR') throw new StopReason(STATUS.usage, `${path} is a file: choose a folder with --data`);
    throw error;
  });
  const marker = await readFile(join(path, MARKER), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (marker === undefined) {
    if ((await readdir(path)).some((name) => name !== STACK_FOLDER)) throw new StopReason(STATUS.usage, `${path} is not empty and holds no data of LaCollecte: choose another folder with --data`);
    await writeFile(join(path, MARKER), `${JSON.stringify({ version: VERSION, kind })}\n`, { flush: true });
    return;
  }
  const version = /"version":\s*(\d+)/.exec(marker)?.[1];
  if (Number(version) > VERSION) throw new StopReason(STATUS['newer-version'], `${path} was made by a newer version of LaCollecte: update the project (git pull), or choose another folder with --data`);
  const of: FolderKind = /"kind":\s*"stack"/.test(marker) ? 'stack' : 'standalone';
  if (of !== kind) throw new StopReason(STATUS.usage, `${path} holds the data of a system of ${COMMAND[of]}: choose another folder with --data`);
}

async function lock(path: string): Promise<void> {
  const file = join(path, 'lock');
  const own = join(path, `lock.${process.pid}`);
  await writeFile(own, `${JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) })}\n`);
  const deadline = Date.now() + SETTLE_MS;
  try {
    // A link is made whole or not at all, by one process only.
    while (!(await link(own, file).then(() => true, ifThere))) {
      const holder = await holderOf(file);
      if (!holder || !lives(holder)) {
        await removeStale(file, holder);
        continue;
      }
      // One that cannot be reached is about to stop, or has just started.
      const running = await runningOf(path, holder);
      if (running || Date.now() > deadline) throw inUse(path, holder, running);
      await delay(100);
    }
  } finally {
    await rm(own, { force: true });
  }
}

function ifThere(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}

/** Taken away under another name first: of two who find it stale, one gets it, and it may be the other's new lock already. */
async function removeStale(file: string, stale: Holder | undefined): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await holderOf(aside);
  if (moved?.pid !== stale?.pid || moved?.identity !== stale?.identity) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function inUse(path: string, holder: Holder, running: Running | undefined): StopReason {
  const at = running ? `, at ${running.url}` : '';
  return new StopReason(STATUS['folder-in-use'], `${path} is in use by another run (process ${holder.pid}${at}): stop that one with Ctrl-C or kill ${holder.pid}, or choose another folder with --data`);
}

async function runningOf(path: string, holder: Holder): Promise<Running | undefined> {
  const running = await parsed<Running>(join(path, 'running.json'));
  return running?.pid === holder.pid ? running : undefined;
}

const holderOf = (file: string): Promise<Holder | undefined> => parsed<Holder>(file);

/** Undefined if it is gone meanwhile, or was emptied by a crash of the machine. */
async function parsed<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function lives(holder: Holder): boolean {
  const identity = identityOf(holder.pid);
  return identity !== undefined && identity === holder.identity;
}
