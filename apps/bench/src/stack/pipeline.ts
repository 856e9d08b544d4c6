import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { A_YEAR } from '../pipeline.js';
import { type Running, startStack, startStandalone } from '../standalone.js';

/** Each form carries a part of the year, then the other: what else the machine does falls on both. */
const TURNS = 10;

/** A year's devices from manifest to delivery over the public API: eleven processes with Kafka and Redis, against everything in one. */
export async function benchDistributedPipeline(): Promise<Figure> {
  const systems: Running[] = [];
  try {
    systems.push(await startStandalone(), await startStack());
    const seconds = [0, 0];
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [i, system] of systems.entries()) seconds[i]! += (await carry(system, A_YEAR / TURNS, `T${turn}N`)).total;
    }
    const [standalone, stack] = seconds.map((s) => A_YEAR / s) as [number, number];
    return {
      name: 'pipeline', measured: 'the whole pipeline, distributed', against: 'standalone', ratio: stack / standalone, aim: null,
      detail: `${stack.toFixed(1)} devices/s; ${standalone.toFixed(1)} standalone; a year (${A_YEAR.toLocaleString('en')} devices) took ${(seconds[1]! / 60).toFixed(0)} min; ${(seconds[0]! / 60).toFixed(0)} min`,
    };
  } finally {
    for (const system of systems) await system.stop();
  }
}
