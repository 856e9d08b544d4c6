import { join } from 'node:path';
import { startPostgres } from '@lacollecte/database';
import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { startStack } from '../standalone.js';
import { multiply } from './multiply.js';
import { processorSeconds } from './processor-time.js';

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
    const seconds: number[] = [];
    for (const [i, size] of SIZES.entries()) {
      if (i > 0) await multiply(postgres.url, { from: SIZES[i - 1]! / FIRST, to: size / FIRST });
      const before = await processorSeconds(system.folder);
      await carry(system, MEASURED, `G${size}N`);
      seconds.push(((await processorSeconds(system.folder)) - before) / MEASURED);
    }
    const [first, ...later] = seconds as [number, ...number[]];
    return later.map((one, i) => ({
      name: 'growth', measured: `a device's cost among ${SIZES[i + 1]!.toLocaleString('en')}`, against: `among ${SIZES[0]!.toLocaleString('en')}`, ratio: one / first, aim: 1.2, atMost: true,
      detail: `${(one * 1000).toFixed(0)} ms of processor time a device against ${(first * 1000).toFixed(0)} ms (services and PostgreSQL, ${MEASURED} devices from manifest to delivery)`,
    }));
  } finally {
    await system.stop();
  }
}
