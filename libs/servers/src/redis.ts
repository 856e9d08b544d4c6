import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, startProgram } from './program.js';
import { run } from './run.js';

export interface RedisServer {
  /** `redis://127.0.0.1:…` */
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts Redis with its data in `folder`. It keeps what it is told (append-only file) and evicts nothing: queues are no cache.
 * `persistent: false` forgets everything when it stops.
 * @throws Error where Redis is not installed, saying what to install
 */
export async function startRedis(folder: string, { port, persistent = true }: { port?: number; persistent?: boolean } = {}): Promise<RedisServer> {
  await run('redis-server', ['--version']).catch(() => {
    throw new Error('Redis is not here: install it, for example the Debian package redis-server');
  });
  await mkdir(folder, { recursive: true });
  const own = port ?? (await freePorts(1))[0]!;
  const args = ['--port', String(own), '--bind', '127.0.0.1', '--dir', folder, '--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', persistent ? 'yes' : 'no'];
  const launch = () => startProgram('redis-server', args, { port: own, logFile: join(folder, 'redis.log') });
  let program = await launch();
  return {
    url: `redis://127.0.0.1:${own}`,
    port: own,
    start: async () => {
      program = await launch();
    },
    stop: (signal) => program.stop(signal),
  };
}
