import { join } from 'node:path';
import { startPostgres } from '@lacollecte/database';
import { freePorts, type Hold, type Program, startKafka, startRedis } from '@lacollecte/servers';

/** A server that can be started, and started again at the same address. */
export interface Launcher {
  launch(hold: Hold): Promise<Program>;
  /** Known once it has been started. */
  url(): string;
}

/** With what is installed on this machine; PostgreSQL comes with npm. */
export const MACHINE = { Kafka: kafka, Redis: redis, PostgreSQL: postgres } satisfies Record<string, (folder: string, connections: number) => Promise<Launcher>>;

async function kafka(folder: string): Promise<Launcher> {
  const ports = await freePorts(2);
  return {
    launch: async (hold) => (await startKafka(join(folder, 'kafka'), { ports, ...hold })).brokers[0]!.program!,
    url: () => `kafka://127.0.0.1:${ports[0]}`,
  };
}

async function redis(folder: string): Promise<Launcher> {
  const [port] = await freePorts(1);
  return {
    launch: async (hold) => (await startRedis(join(folder, 'redis'), { port, ...hold })).program,
    url: () => `redis://127.0.0.1:${port}`,
  };
}

async function postgres(folder: string, connections: number): Promise<Launcher> {
  const [port] = await freePorts(1);
  let url = '';
  return {
    launch: async ({ spawned }) => {
      // Again at the port it had, which is another where it was adopted.
      const server = await startPostgres(join(folder, 'postgres'), { port: url ? Number(new URL(url).port) : port, connections });
      spawned?.(server.pid);
      url = server.url;
      return { pid: server.pid, ended: server.ended().then(() => `see ${server.logFile}`), stop: () => server.stop() };
    },
    url: () => url,
  };
}
