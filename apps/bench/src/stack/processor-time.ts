import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

interface Started {
  readonly tier: 'gateway' | 'service' | 'server';
  readonly pid: number;
}

/** `ended`: of children that are gone. */
interface Usage {
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}

async function usageOf(pid: number | string): Promise<Usage | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (stat === '') return undefined;
  const [, parent, ...fields] = stat.replace(/^.*\) /s, '').split(' ').map(Number);
  const at = (field: number): number => fields[field - 5]! / TICKS_A_SECOND; // numbered as in proc(5)
  return { parent: parent!, own: at(14) + at(15), ended: at(16) + at(17) };
}

/** Seconds that the services and PostgreSQL of a stack have had of the processors. Linux only. */
export async function processorSeconds(folder: string): Promise<number> {
  const started = JSON.parse(await readFile(join(folder, 'processes.json'), 'utf8')) as Started[];
  const postmaster = Number((await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  let seconds = 0;
  for (const { pid } of started.filter(({ tier }) => tier === 'service')) seconds += (await usageOf(pid))?.own ?? 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const usage = await usageOf(pid);
    if (!usage) continue;
    if (usage.parent === postmaster) seconds += usage.own;
    if (Number(pid) === postmaster) seconds += usage.own + usage.ended;
  }
  return seconds;
}
