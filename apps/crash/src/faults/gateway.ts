import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, struck } from './fault.js';

const KILLS = 3;
const PATIENCE_MS = 30_000;

/** `kill -9` of the gateway, again and again, and each time another takes its place. */
export const gatewayKilled: Fault = {
  name: 'gateway killed',
  strike: async ({ system: { gateway }, load: { client }, random }) => {
    const lost = (): number => client.counts.askedAgain + client.counts.unknown;
    const before = lost();
    const pids: number[] = [];
    let over = 0;
    for (let i = 0; i < KILLS; i++) {
      await sleep(random.between(100, 1_500));
      const { pid, died } = await gateway.kill();
      pids.push(pid);
      over = died;
    }
    for (const end = Date.now() + PATIENCE_MS; lost() === before && Date.now() < end; ) await sleep(20);
    struck(lost() > before, `processes ${pids.join(', ')} were killed, and nobody missed an answer`);
    return { proof: `processes ${pids.join(', ')} ended by SIGKILL, each while people waited for answers through it`, over };
  },
};
