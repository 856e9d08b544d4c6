import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STOP_SECONDS = 30;

/** A server as its own `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The record's lines: process, data folder, start time, port, socket folder, address, shared memory, state. */
export async function postmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** Whether the process was started as the server of this folder. */
export async function serves(pid: number, cluster: string): Promise<boolean> {
  const command = platform() === 'linux' ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : psCommand(pid);
  return command.includes(cluster);
}

function psCommand(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Fast shutdown; after 30 s an immediate one, from which the next start recovers. */
export async function stop(cluster: string, pid: number): Promise<void> {
  const deadline = Date.now() + STOP_SECONDS * 1000;
  for (let signal: NodeJS.Signals | 0 = 'SIGINT'; alive(pid) && (await serves(pid, cluster)); signal = 0) {
    tell(pid, Date.now() > deadline ? 'SIGQUIT' : signal);
    await delay(20);
  }
}

/** It may have ended since it was looked at. */
function tell(pid: number, signal: NodeJS.Signals | 0): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Looks every second: a server that was adopted is no child of this process. */
export async function untilEnded(pid: number): Promise<void> {
  while (alive(pid)) await delay(1_000, undefined, { ref: false });
}
