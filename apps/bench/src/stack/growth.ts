import { join } from 'node:path';
import { startPostgres } from '@lacollecte/database';
import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { startStack } from '../standalone.js';
import { multiply } from './multiply.js';
import { type ProcessorTime, processorTime } from './processor-time.js';

const FIRST = 1_000;
const SIZES = [1_000, 10_000, 100_000];
const MEASURED = 500;

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
      const before = await processorTime(system.folder);
      await carry(system, MEASURED, `G${size}N`);
      const after = await processorTime(system.folder);
      costs.push(Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, ((seconds - before[name]!) * 1000) / MEASURED])));
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

const total = (cost: ProcessorTime): number => Object.values(cost).reduce((sum, ms) => sum + ms, 0);

function told(cost: ProcessorTime): string {
  return `${total(cost).toFixed(1)} ms (${Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')})`;
}
