import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below those that systems give to outgoing connections (Linux from 32768, macOS from 49152): a port of ours stays ours while
 * its program is started, and started again.
 */
const [LOWEST, HIGHEST] = [20_000, 32_000];
const ATTEMPTS = 1_000;

/** Ports of the loopback interface that are free now, each another. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  try {
    for (let attempt = 0; held.length < count; attempt++) {
      if (attempt > ATTEMPTS + count) throw new Error(`no free ports from ${LOWEST} to ${HIGHEST}`);
      const server = createServer().listen(randomInt(LOWEST, HIGHEST), '127.0.0.1');
      if (await once(server, 'listening').then(() => true, () => false)) held.push(server);
    }
    return held.map((server) => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(held.map((server) => once(server.close(), 'close')));
  }
}
