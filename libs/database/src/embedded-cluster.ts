import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './embedded-account.js';
import type { Binaries } from './embedded-binaries.js';
import { ended, failure, run } from './embedded-program.js';

export function clusterOf(folder: string): string {
  return join(folder, 'cluster');
}

export function logOf(folder: string): string {
  return join(folder, 'server.log');
}

function passwordFile(folder: string): string {
  return join(folder, 'superuser-password');
}

/** The superuser's, made with the folder. */
export async function passwordOf(folder: string, account: Account): Promise<string> {
  const file = passwordFile(folder);
  const kept = (await readFile(file, 'utf8').catch(ifMissing(''))).trim();
  const password = kept || randomBytes(24).toString('hex');
  if (kept === '') await writeFile(file, `${password}\n`, { mode: 0o600, flush: true });
  // initdb reads it.
  if (account.owner) await chown(file, account.owner.uid, account.owner.gid);
  return password;
}

/** Made beside and renamed, so that a run killed half-way leaves no half cluster. */
export async function initialise(folder: string, cluster: string, programs: Binaries, account: Account): Promise<void> {
  const fresh = join(folder, 'cluster.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  if (account.owner) await chown(fresh, account.owner.uid, account.owner.gid);
  // Sorted and folded by PostgreSQL itself, the same on every machine.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const child = run(account, programs.initdb, ['-D', fresh, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile(folder)}`, ...locale], ['ignore', 'pipe', 'pipe']);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  if ((await ended(child)) !== 0) {
    const logFile = join(folder, 'initdb.log');
    await writeFile(logFile, said);
    throw failure(said, logFile);
  }
  await rename(fresh, cluster);
}

/** What to answer for a file that is not there. */
export function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
