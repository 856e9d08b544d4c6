import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { kafkaJars } from './kafka-jars.js';
import { type Hold, type Program, startProgram } from './program.js';
import { run } from './run.js';

/** Small: a broker that shares a machine with the services. */
const JAVA = ['-Xms96m', '-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

export interface Broker {
  readonly id: number;
  readonly port: number;
  /** Null while it is stopped. */
  readonly program: Program | null;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface KafkaOptions extends Hold {
  readonly brokers?: number;
  /** Of each broker, then of each controller. */
  readonly ports?: readonly number[];
  /** For each broker, the port that it tells its clients, of a proxy before it. */
  readonly advertised?: readonly number[];
}

export interface KafkaCluster {
  /** `kafka://127.0.0.1:…` */
  readonly url: string;
  readonly brokers: readonly Broker[];
  stop(): Promise<void>;
}

/**
 * Starts Apache Kafka in KRaft mode, each broker also a controller, with its data in `folder`; started again there, it goes on
 * with what it had. Topics are never created by themselves.
 * @throws Missing where Java or Maven is not here
 */
export async function startKafka(folder: string, { brokers: count = 1, ports, advertised, ...hold }: KafkaOptions = {}): Promise<KafkaCluster> {
  const jars = await kafkaJars(hold.signal);
  const given = ports ?? (await freePorts(count * 2));
  const nodes = Array.from({ length: count }, (_, i) => ({ id: i + 1, port: given[i]!, told: advertised?.[i] ?? given[i]!, controller: given[count + i]! }));
  const voters = nodes.map(({ id, controller }) => `${id}@127.0.0.1:${controller}`).join(',');
  const cluster = randomBytes(16).toString('base64url');
  const brokers: Broker[] = [];
  for (const node of nodes) {
    const home = join(folder, `broker-${node.id}`);
    const properties = join(home, 'server.properties');
    await mkdir(home, { recursive: true });
    await writeFile(properties, settings({ ...node, voters, count, data: join(home, 'data') }));
    if (!existsSync(join(home, 'data', 'meta.properties'))) await run(jars.java, ['-cp', jars.classPath, 'kafka.tools.StorageTool', 'format', `--cluster-id=${cluster}`, '-c', properties], hold);
    brokers.push(brokerOf(node.id, node.port, () => startProgram(jars.java, [...JAVA, '-cp', jars.classPath, 'kafka.Kafka', properties], { port: node.port, logFile: join(home, 'broker.log'), ...hold })));
  }
  const stop = async (): Promise<void> => {
    await Promise.all(brokers.map((broker) => broker.stop()));
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `kafka://${nodes.map(({ told }) => `127.0.0.1:${told}`).join(',')}`, brokers, stop };
}

function brokerOf(id: number, port: number, launch: () => Promise<Program>): Broker {
  let program: Program | null = null;
  return {
    id,
    port,
    get program() {
      return program;
    },
    start: async () => {
      program = await launch();
    },
    stop: async (signal) => {
      await program?.stop(signal);
      program = null;
    },
  };
}

function settings({ id, port, told, controller, voters, count, data }: { id: number; port: number; told: number; controller: number; voters: string; count: number; data: string }): string {
  const replicas = Math.min(count, 3);
  const inSync = replicas > 1 ? 2 : 1;
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${told}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'unclean.leader.election.enable': false,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 8,
    // Where a group stands is kept as long as its topics are: a service that was off for a month goes on where it was.
    'offsets.retention.minutes': 2_147_483_647,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
  }).map(([name, value]) => `${name}=${value}`).join('\n');
}
