import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { freePorts, kafkaVersion, run, startProgram } from '@lacollecte/servers';
import type { Launcher } from './machine.js';
import { removeContainer } from './process-record.js';

/** An engine that is not there says so at once; one that hangs is none. */
const ENGINE_MS = 10_000;

interface Container {
  readonly image: string;
  /** Where it listens inside, and where its data is. */
  readonly inside: number;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly url: string;
}

/** `port`: of this machine; `password`: of PostgreSQL's superuser. */
interface Given {
  readonly port: number;
  readonly connections: number;
  readonly password: string;
}

/** The images of docker-compose.yml. */
const CONTAINERS: Readonly<Record<'Kafka' | 'Redis' | 'PostgreSQL', (given: Given) => Promise<Container>>> = {
  Kafka: async ({ port }) => ({
    image: `apache/kafka:${await kafkaVersion()}`,
    inside: 9092,
    data: '/var/lib/kafka/data',
    env: {
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'OUTSIDE://:9092,INSIDE://:19092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `OUTSIDE://127.0.0.1:${port},INSIDE://localhost:19092`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_RETENTION_MINUTES: '2147483647',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    },
    args: [],
    url: `kafka://127.0.0.1:${port}`,
  }),
  Redis: async ({ port }) => ({
    image: 'redis:8.4.0',
    inside: 6379,
    data: '/data',
    env: {},
    args: ['redis-server', '--maxmemory-policy', 'noeviction', '--appendonly', 'yes', '--save', ''],
    url: `redis://127.0.0.1:${port}`,
  }),
  PostgreSQL: async ({ port, connections, password }) => ({
    image: 'postgres:18.4',
    inside: 5432,
    data: '/var/lib/postgresql',
    env: { POSTGRES_PASSWORD: password },
    args: ['-c', `max_connections=${connections}`],
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
  }),
};

/** Whether a Docker engine answers. */
export function dockerRuns(): Promise<boolean> {
  return run('docker', ['version', '--format', '{{.Server.Version}}'], { signal: AbortSignal.timeout(ENGINE_MS) }).then(() => true, () => false);
}

/** Of this server of this data folder, and of the volume with its data. */
export function containerName(server: string, folder: string): string {
  return `lacollecte-stack-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}-${server.toLowerCase()}`;
}

/** A container in the foreground: it ends with the program that runs it, and its data stays in a volume. */
export async function inDocker(server: keyof typeof CONTAINERS, folder: string, { connections, password }: Omit<Given, 'port'>): Promise<Launcher> {
  const [port] = await freePorts(1);
  const { image, inside, data, env, args, url } = await CONTAINERS[server]({ port: port!, connections, password });
  const name = containerName(server, folder);
  // Values by name only: what a command line says can be read by everyone on the machine.
  const variables = Object.keys(env).flatMap((variable) => ['--env', variable]);
  const command = ['run', '--rm', '--name', name, '--publish', `127.0.0.1:${port}:${inside}`, '--volume', `${name}:${data}`, ...variables, image, ...args];
  return {
    launch: async (hold) => {
      removeContainer(name);
      const { signal } = hold;
      await run('docker', ['image', 'inspect', image], { signal }).catch(() => run('docker', ['pull', '--quiet', image], { signal }));
      return startProgram('docker', command, { port: port!, logFile: join(folder, 'log', `${server.toLowerCase()}.log`), env, ...hold });
    },
    url: () => url,
  };
}
