import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.js';
import { Hop } from './hop.js';
import type { Servers } from './servers.js';

const EVENTS = 20_000;
const LOAD = 0.3;
const DEVICES = 10;
const STEADY_MS = 5_000;
/** The session of a consumer: so long a group waits for a member that is gone. */
const DETECTION_SECONDS = 10;

/** A service is killed under load and started again at once: until nothing waits any longer than before. */
export async function benchRecovery(servers: Servers): Promise<Figure> {
  const hop = await Hop.start(servers, 'recovery');
  try {
    const capacity = await hop.capacity(EVENTS);
    const rate = capacity * LOAD;
    const load = hop.load(rate, DEVICES);
    let usual = 0;
    for (const until = performance.now() + STEADY_MS; performance.now() < until; await sleep(20)) usual = Math.max(usual, hop.pending);
    await hop.killService();
    const killed = performance.now();
    await hop.startService();
    const restarted = performance.now();
    let backlog = 0;
    while (hop.pending > usual || performance.now() - killed < 1_000) {
      backlog = Math.max(backlog, hop.pending);
      await sleep(20);
    }
    const seconds = (performance.now() - killed) / 1000;
    await load.stop();
    await hop.settled();
    // The load goes on meanwhile: what is left of the rate works the backlog off.
    const expected = DETECTION_SECONDS + (rate * DETECTION_SECONDS) / (capacity - rate);
    return {
      name: 'recovery', measured: 'SIGKILL of a service until its backlog is gone', against: 'detection time-out + backlog / rate', ratio: seconds / expected, aim: 1.3, atMost: true,
      detail: `${seconds.toFixed(1)} s (ready again after ${((restarted - killed) / 1000).toFixed(1)} s, ${backlog} events waited) against ${expected.toFixed(1)} s, at ${rate.toFixed(0)} of ${capacity.toFixed(0)}/s`,
    };
  } finally {
    await hop.stop();
  }
}
