import { carry } from './carry.js';
import type { Figure } from './figure.js';
import { startStandalone } from './standalone.js';

export const DEVICES = 2_000;
export const A_YEAR = 50_000;

/** From manifest to delivery, everything in one process, over the public API, against the slowest stage alone. */
export async function benchPipeline(): Promise<Figure> {
  const system = await startStandalone();
  try {
    const { total, stages } = await carry(system, DEVICES);
    const [slowest, seconds] = Object.entries(stages).reduce((a, b) => (b[1] > a[1] ? b : a));
    const rate = DEVICES / total;
    return {
      name: 'pipeline', measured: 'the whole pipeline, manifest to delivery', against: `its slowest stage alone (${slowest})`, ratio: seconds / total, aim: 0.25,
      detail: `${rate.toFixed(0)} devices/s; a year of LaCollecte (${A_YEAR.toLocaleString('en')} devices) in ${(A_YEAR / rate / 60).toFixed(0)} min`,
    };
  } finally {
    await system.stop();
  }
}
