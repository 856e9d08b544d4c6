import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, type ProvisionedUrls, startPostgres } from '@lacollecte/database';
import { KafkaTransport, type MessagingLog, TOPIC_SPECS } from '@lacollecte/messaging';
import { freePorts, type KafkaCluster, type RedisServer, startKafka, startRedis } from '@lacollecte/servers';
import { prepareDatabases } from '@lacollecte/system';
import type { Closers, Platform, StartPlatform } from '../platform.js';
import { TcpProxy } from './tcp-proxy.js';

export const silent: MessagingLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Kafka, Redis and PostgreSQL of our own; between the services and each of them stands a proxy, between people and services the gateway. */
export class Distributed implements Platform {
  private constructor(
    readonly gateway: string,
    readonly databases: ReadonlyMap<string, ProvisionedUrls>,
    readonly kafka: KafkaCluster,
    readonly kafkaProxy: TcpProxy,
    readonly postgresProxy: TcpProxy,
    readonly redisProxy: TcpProxy,
    private readonly folder: string,
    public postgres: EmbeddedPostgres,
    public redis: RedisServer,
  ) {}

  static readonly start: StartPlatform<Distributed> = async (folder, closers) => {
    // Either may have been started again by the end.
    let started: Distributed | null = null;
    const postgres = await startPostgres(join(folder, 'postgres'));
    closers.push(() => (started?.postgres ?? postgres).stop());
    const postgresProxy = await before(Number(new URL(postgres.url).port), closers);
    const { services, sessions } = await prepareDatabases(postgres.url);
    const databases = new Map([...services].map(([name, { owner, app, worker }]) => [name, { owner: through(owner, postgresProxy), app: through(app, postgresProxy), worker: through(worker, postgresProxy) }]));
    const [port, controller] = await freePorts(2);
    const kafkaProxy = await before(port!, closers);
    const kafka = await startKafka(join(folder, 'kafka'), { ports: [port!, controller!], advertised: [kafkaProxy.port] });
    closers.push(() => kafka.stop());
    const redis = await startRedis(join(folder, 'redis'));
    closers.push(() => (started?.redis ?? redis).stop());
    const redisProxy = await before(redis.port, closers);
    started = new Distributed(through(sessions, postgresProxy), databases, kafka, kafkaProxy, postgresProxy, redisProxy, folder, postgres, redis);
    await started.withTransport((transport) => transport.ensureTopics(TOPIC_SPECS));
    return started;
  };

  get transport(): string {
    return this.kafka.url;
  }

  get queues(): string {
    return `redis://127.0.0.1:${this.redisProxy.port}`;
  }

  superuser(): string {
    return this.postgres.url;
  }

  /** A client of our own, for as long as `work` takes. */
  async withTransport<T>(work: (transport: KafkaTransport) => Promise<T>): Promise<T> {
    const transport = new KafkaTransport(this.transport, silent);
    try {
      return await work(transport);
    } finally {
      await transport.close();
    }
  }

  /** Stops PostgreSQL as `pg_ctl -m immediate` does, and starts it again on what it had written. */
  async crashPostgres(downMs: number): Promise<void> {
    process.kill(this.postgres.pid, 'SIGQUIT');
    await this.postgres.ended();
    await sleep(downMs);
    this.postgres = await startPostgres(join(this.folder, 'postgres'));
    this.postgresProxy.target = Number(new URL(this.postgres.url).port);
  }

  /** Kills Redis; another takes its port, that knows nothing and keeps nothing. */
  async forgetRedis(): Promise<void> {
    const { port } = this.redis;
    await this.redis.stop('SIGKILL');
    this.redis = await startRedis(join(this.folder, `redis-${Date.now()}`), { port, persistent: false });
  }
}

async function before(port: number, closers: Closers): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(port);
  closers.push(() => proxy.stop());
  return proxy;
}

function through(url: string, { port }: TcpProxy): string {
  const there = new URL(url);
  there.port = String(port);
  return there.href;
}
