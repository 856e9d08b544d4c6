import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './embedded-account.js';
import { SetupError } from './setup-error.js';

/** Starts a program of PostgreSQL as its account; one that cannot be started ends with null. */
export function run(account: Account, program: string, args: readonly string[], stdio: (number | 'ignore' | 'pipe')[], detached = false): ChildProcess {
  const { program: file, args: list, ...ids } = account.command(program, args);
  const child = spawn(file, list, { ...ids, cwd: '/', stdio, detached, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } });
  child.on('error', () => undefined);
  return child;
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
}

/** What a program that failed said, as one line. */
export function failure(said: string, logFile: string): SetupError {
  if (/No space left on device|Disk quota exceeded/.test(said)) return new SetupError('no-space', `no space left for PostgreSQL: free some, or choose another folder with --data (see ${logFile})`);
  const reason = said.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? said.trim().split('\n').at(-1) ?? '';
  return new SetupError('postgres-failed', `PostgreSQL does not start: ${reason.replace(/^.*?(FATAL|PANIC):\s*/, '').trim() || 'it said nothing'} (the whole story is in ${logFile})`);
}
