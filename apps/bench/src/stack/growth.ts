import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@lacollecte/database';
import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { type Running, startStack } from '../standalone.js';
import { multiply } from './multiply.js';
import { type ProcessorTime, processorTime } from './processor-time.js';

const FIRST = 1_000;
const SIZES = [10_000, 100_000];
/** In turns on both systems: on a shared machine the same work takes up to half as much again minutes later. */
const ROUNDS = 4;
const A_ROUND = 250;
/** What is left of the step before is over by then. */
const IDLE_MS = 20_000;

/** Processor time of services and PostgreSQL for a further device, by how many are in the databases: of one system that keeps few, beside one that is made to grow. */
export async function benchGrowth(): Promise<Figure[]> {
  if (process.platform !== 'linux') return [];
  const systems: Running[] = [];
  try {
    for (let i = 0; i < 2; i++) systems.push(await startStack());
    const [few, many] = systems as [Running, Running];
    const postgres = await startPostgres(join(many.folder, 'postgres')); // adopts the one that runs
    for (const system of systems) await carry(system, FIRST, 'FIRST');
    const figures: Figure[] = [];
    for (const [i, size] of SIZES.entries()) {
      await multiply(postgres.url, { from: (SIZES[i - 1] ?? FIRST) / FIRST, to: size / FIRST });
      const [one, other] = await costsOfADevice([few, many], `G${size}N`);
      figures.push({
        name: 'growth', measured: `a device's cost among ${size.toLocaleString('en')}`, against: `among ${FIRST.toLocaleString('en')}`, ratio: total(other) / total(one), aim: 1.2, atMost: true,
        detail: `${told(other)} of processor time a device; ${told(one)} (${ROUNDS} times ${A_ROUND} devices from manifest to delivery, in turns)`,
      });
    }
    return figures;
  } finally {
    for (const system of systems) await system.stop();
  }
}

/** In milliseconds, above what each system takes of itself in the same time: a run beside other work lasts longer. */
async function costsOfADevice(systems: readonly [Running, Running], name: string): Promise<[ProcessorTime, ProcessorTime]> {
  const idle = await Promise.all(systems.map((system) => spent(system, () => sleep(IDLE_MS))));
  const costs: ProcessorTime[] = [{}, {}];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, system] of systems.entries()) {
      const busy = await spent(system, () => carry(system, A_ROUND, `${name}R${round}N`));
      const above = mapped(busy.time, (seconds, of) => seconds - (idle[i]!.time[of]! / idle[i]!.seconds) * busy.seconds);
      costs[i] = mapped(above, (seconds, of) => (costs[i]![of] ?? 0) + (seconds * 1000) / (ROUNDS * A_ROUND));
    }
  }
  return costs as [ProcessorTime, ProcessorTime];
}

async function spent(system: Running, work: () => Promise<unknown>): Promise<{ seconds: number; time: ProcessorTime }> {
  const [begun, before] = [performance.now(), await processorTime(system.folder)];
  await work();
  const after = await processorTime(system.folder);
  return { seconds: (performance.now() - begun) / 1000, time: mapped(after, (seconds, of) => seconds - before[of]!) };
}

function mapped(time: ProcessorTime, value: (seconds: number, of: string) => number): ProcessorTime {
  return Object.fromEntries(Object.entries(time).map(([of, seconds]) => [of, value(seconds, of)]));
}

const total = (cost: ProcessorTime): number => Object.values(cost).reduce((sum, ms) => sum + ms, 0);

function told(cost: ProcessorTime): string {
  return `${total(cost).toFixed(1)} ms (${Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')})`;
}
