import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure.js';
import { startStandalone } from './standalone.js';

const IDLE_MS = 60_000;
const LIMIT_MB = 400;

/** Proportional set size in MB: memory that processes share is counted once, in parts. Linux only. */
async function pss(pid: string): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
}

/** Name and PID of every process whose command line or parent leads to this system. */
async function processesOf(pid: number, folder: string): Promise<{ node: string[]; postgres: string[] }> {
  const postmaster = (await readFile(await postmasterFile(folder), 'utf8')).split('\n')[0]!;
  const found = { node: [String(pid)], postgres: [postmaster] };
  for (const entry of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (stat.replace(/^.*\) /s, '').split(' ')[1] === postmaster) found.postgres.push(entry);
  }
  return found;
}

async function postmasterFile(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true });
  return `${folder}/${files.find((file) => file.endsWith('postmaster.pid'))!}`;
}

/** Node and PostgreSQL together, a minute after the system is ready, against what we allow. */
export async function benchMemory(): Promise<Figure[]> {
  if (process.platform !== 'linux') return [];
  const system = await startStandalone();
  try {
    await sleep(IDLE_MS);
    const { node, postgres } = await processesOf(system.pid, system.folder);
    const sum = async (pids: readonly string[]): Promise<number> => (await Promise.all(pids.map(pss))).reduce((a, b) => a + b, 0);
    const [ours, theirs] = [await sum(node), await sum(postgres)];
    return [
      {
        name: 'idle memory', measured: 'PSS of Node and PostgreSQL a minute after ready', against: `${LIMIT_MB} MB`, ratio: (ours + theirs) / LIMIT_MB, aim: 1, atMost: true,
        detail: `${ours.toFixed(0)} MB Node, ${theirs.toFixed(0)} MB PostgreSQL; first start ready after ${(system.readyAfter / 1000).toFixed(1)} s`,
      },
    ];
  } finally {
    await system.stop();
  }
}
