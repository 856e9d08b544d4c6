import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** In seconds, of each service and of `PostgreSQL`. */
export type ProcessorTime = Readonly<Record<string, number>>;

interface Started {
  readonly name: string;
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

/** What each service and PostgreSQL have had of the processors. Linux only. */
export async function processorTime(folder: string): Promise<ProcessorTime> {
  const started = JSON.parse(await readFile(join(folder, 'processes.json'), 'utf8')) as Started[];
  const postmaster = Number((await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const seconds: Record<string, number> = { PostgreSQL: 0 };
  for (const { name, pid } of started.filter(({ tier }) => tier === 'service')) seconds[name] = (await usageOf(pid))?.own ?? 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const usage = await usageOf(pid);
    if (usage?.parent === postmaster) seconds.PostgreSQL! += usage.own;
    if (usage && Number(pid) === postmaster) seconds.PostgreSQL! += usage.own + usage.ended;
  }
  return seconds;
}
