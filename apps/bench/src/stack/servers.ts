import { join } from 'node:path';
import { startKafka, startRedis } from '@lacollecte/servers';
import { type Server, startServer } from '../server.js';

/** The servers of the distributed form, on the loopback interface. */
export interface Servers extends Server {
  /** `kafka://…`, one broker. */
  readonly kafka: string;
  readonly redis: string;
}

export async function startServers(): Promise<Servers> {
  const server = await startServer();
  const started: (() => Promise<void>)[] = [server.stop];
  const stop = async (): Promise<void> => {
    for (const one of started.splice(0).reverse()) await one();
  };
  try {
    const kafka = await startKafka(join(server.folder, 'kafka'));
    started.push(kafka.stop);
    const redis = await startRedis(join(server.folder, 'redis'));
    started.push(redis.stop);
    return { ...server, kafka: kafka.url, redis: redis.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
