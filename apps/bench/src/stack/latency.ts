import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.js';
import { Hop } from './hop.js';
import type { Servers } from './servers.js';

const EVENTS = 20_000;
const LOAD = 0.1;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 30_000;
const AIM_MS = 50;

/** From the commit in one service to that in the next, a transaction an event, at a tenth of what the hop can do. */
export async function benchLatency(servers: Servers): Promise<Figure> {
  const hop = await Hop.start(servers, 'latency');
  try {
    const capacity = await hop.capacity(EVENTS);
    const load = hop.load(capacity * LOAD, 1);
    await sleep(WARM_UP_MS);
    hop.takeLatencies();
    await sleep(MEASURED_MS);
    const { published, applied } = hop.takeLatencies();
    await load.stop();
    await hop.settled();
    const at = (share: number, ms: number[] = applied): number => ms[Math.floor(ms.length * share)]!;
    return {
      name: 'hop-latency', measured: 'commit to applied in the next service, p99 at 10 % load', against: `${AIM_MS} ms`, ratio: at(0.99) / AIM_MS, aim: 1, atMost: true,
      detail: `p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms of ${applied.length} (in Kafka after ${at(0.5, published).toFixed(0)} and ${at(0.99, published).toFixed(0)} ms) at ${(capacity * LOAD).toFixed(0)}/s; at most ${capacity.toFixed(0)}/s`,
    };
  } finally {
    await hop.stop();
  }
}
