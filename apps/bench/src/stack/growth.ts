import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@lacollecte/database';
import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { type Running, startStack } from '../standalone.js';
import { multiply } from './multiply.js';
import { type ProcessorTime, processorTime } from './processor-time.js';

const FIRST = 1_000;
const SIZES = [1_000, 10_000, 100_000];
const MEASURED = 500;
/** What is left of the step before is over by then. */
const IDLE_MS = 20_000;

/** Processor time of services and PostgreSQL for a further device, by how many are in the databases. */
export async function benchGrowth(): Promise<Figure[]> {
  if (process.platform !== 'linux') return [];
  const system = await startStack();
  try {
    const postgres = await startPostgres(join(system.folder, 'postgres')); // adopts the one that runs
    await carry(system, FIRST, 'FIRST');
    const costs: ProcessorTime[] = [];
    for (const [i, size] of SIZES.entries()) {
      if (i > 0) await multiply(postgres.url, { from: SIZES[i - 1]! / FIRST, to: size / FIRST });
      costs.push(await costOfADevice(system, `G${size}N`));
    }
    const [first, ...later] = costs as [ProcessorTime, ...ProcessorTime[]];
    return later.map((one, i) => ({
      name: 'growth', measured: `a device's cost among ${SIZES[i + 1]!.toLocaleString('en')}`, against: `among ${SIZES[0]!.toLocaleString('en')}`, ratio: total(one) / total(first), aim: 1.2, atMost: true,
      detail: `${told(one)} of processor time a device; ${told(first)} (${MEASURED} devices from manifest to delivery)`,
    }));
  } finally {
    await system.stop();
  }
}

/** In milliseconds, above what all of it takes of itself in the same time: a run beside other work lasts longer. */
async function costOfADevice(system: Running, name: string): Promise<ProcessorTime> {
  const spent = async (work: () => Promise<unknown>): Promise<{ seconds: number; time: ProcessorTime }> => {
    const [begun, before] = [performance.now(), await processorTime(system.folder)];
    await work();
    const after = await processorTime(system.folder);
    return { seconds: (performance.now() - begun) / 1000, time: mapped(after, (seconds, of) => seconds - before[of]!) };
  };
  const idle = await spent(() => sleep(IDLE_MS));
  const busy = await spent(() => carry(system, MEASURED, name));
  return mapped(busy.time, (seconds, of) => ((seconds - (idle.time[of]! / idle.seconds) * busy.seconds) * 1000) / MEASURED);
}

function mapped(time: ProcessorTime, value: (seconds: number, of: string) => number): ProcessorTime {
  return Object.fromEntries(Object.entries(time).map(([of, seconds]) => [of, value(seconds, of)]));
}

const total = (cost: ProcessorTime): number => Object.values(cost).reduce((sum, ms) => sum + ms, 0);

function told(cost: ProcessorTime): string {
  return `${total(cost).toFixed(1)} ms (${Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')})`;
}
