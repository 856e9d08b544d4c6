import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { A_YEAR, DEVICES } from '../pipeline.js';
import { type Running, startStack, startStandalone } from '../standalone.js';

/** From manifest to delivery over the public API: eleven processes with Kafka and Redis, against everything in one. */
export async function benchDistributedPipeline(): Promise<Figure> {
  const rateOf = async (start: () => Promise<Running>): Promise<number> => {
    const system = await start();
    try {
      return DEVICES / (await carry(system, DEVICES)).total;
    } finally {
      await system.stop();
    }
  };
  const standalone = await rateOf(startStandalone);
  const stack = await rateOf(startStack);
  return {
    name: 'pipeline', measured: 'the whole pipeline, distributed', against: 'standalone', ratio: stack / standalone, aim: null,
    detail: `${stack.toFixed(1)} devices/s; ${standalone.toFixed(1)} standalone; from ${DEVICES.toLocaleString('en')}, a year (${A_YEAR.toLocaleString('en')}) takes ${(A_YEAR / stack / 60).toFixed(0)} min; ${(A_YEAR / standalone / 60).toFixed(0)} min`,
  };
}
