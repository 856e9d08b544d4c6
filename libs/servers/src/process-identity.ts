import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from any other that ever has its number: when it started, and since which boot. Undefined if no
 * process has that number. Answers at once, so that a process is known before whoever started it can be killed.
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return startedByPs(pid);
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // Fields are counted from the end of the name, which may hold anything: state is the 3rd of all, the start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${(read('/proc/sys/kernel/random/boot_id') ?? '').trim()} ${fields[19]}`;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim() || undefined;
  } catch {
    return undefined;
  }
}
