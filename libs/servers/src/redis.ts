import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { Missing } from './missing.js';
import { type Hold, type Program, startProgram } from './program.js';
import { run } from './run.js';

export interface RedisServer {
  /** `redis://127.0.0.1:…` */
  readonly url: string;
  readonly port: number;
  readonly program: Program;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts Redis with its data in `folder`. It keeps what it is told (append-only file) and evicts nothing: queues are no cache.
 * `persistent: false` forgets everything when it stops.
 * @throws Missing where Redis is not here
 */
export async function startRedis(folder: string, { port, persistent = true, ...hold }: { port?: number; persistent?: boolean } & Hold = {}): Promise<RedisServer> {
  await run('redis-server', ['--version']).catch(() => {
    throw new Missing('The queues need Redis', [['redis-server']]);
  });
  await mkdir(folder, { recursive: true });
  const own = port ?? (await freePorts(1))[0]!;
  const args = ['--port', String(own), '--bind', '127.0.0.1', '--dir', folder, '--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', persistent ? 'yes' : 'no'];
  const launch = () => startProgram('redis-server', args, { port: own, logFile: join(folder, 'redis.log'), ...hold });
  let program = await launch();
  return {
    url: `redis://127.0.0.1:${own}`,
    port: own,
    get program() {
      return program;
    },
    start: async () => {
      program = await launch();
    },
    stop: (signal) => program.stop(signal),
  };
}
