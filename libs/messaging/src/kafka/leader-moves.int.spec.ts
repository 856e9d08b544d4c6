import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KafkaCluster, kafkaJars, notHere, startKafka } from '@lacollecte/servers';
import { Kafka } from 'kafkajs';
import { partitionOf } from '../partitioner.js';
import { silent } from '../testing.conformance.js';
import { record } from '../transport-fixture.conformance.js';
import type { OutgoingRecord } from '../transport.js';
import { KafkaTransport } from './kafka-transport.js';

const TOPIC = 'test.moving';
const PARTITIONS = 6;
const BATCH = 60;

const reason = await notHere(kafkaJars);

let folder: string;
let cluster: KafkaCluster;
let transport: KafkaTransport;
let admin: ReturnType<Kafka['admin']>;

beforeAll(async () => {
  if (reason !== null) return;
  folder = await mkdtemp(join(tmpdir(), 'lacollecte-brokers-'));
  cluster = await startKafka(folder, { brokers: 3 });
  transport = new KafkaTransport(cluster.url, silent);
  await transport.ensureTopics([{ topic: TOPIC, partitions: PARTITIONS }]);
  admin = new Kafka({ brokers: cluster.brokers.map(({ port }) => `127.0.0.1:${port}`), logLevel: 0 }).admin();
  await admin.connect();
}, 120_000);
afterAll(async () => {
  if (reason !== null) return;
  await admin.disconnect();
  await transport.close();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

const leaders = async (): Promise<number[]> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
  return topics[0]!.partitions.toSorted((a, b) => a.partitionId - b.partitionId).map(({ leader }) => leader);
};

/** Sends as the relay does: always what is not acknowledged yet, from the lowest, while somebody disturbs the brokers. */
async function sendAll(name: string, count: number, disturb: () => Promise<void>): Promise<{ sent: OutgoingRecord[]; tries: number }> {
  const sent = Array.from({ length: count }, (_, i) => record(TOPIC, `key-${i % 20}`, `${name}-${i}`));
  let waiting = sent;
  let tries = 0;
  let disturbed: Promise<void> | undefined;
  for (let pass = 0; waiting.length > 0; pass++) {
    if (pass === 3) disturbed = disturb();
    const results = await transport.send(waiting.slice(0, BATCH));
    tries += results.filter(({ status }) => status === 'retry').length;
    waiting = waiting.filter((_, i) => results[i]?.status !== 'acknowledged');
  }
  await disturbed;
  return { sent, tries };
}

/** Of each key, the first time that each value is in the log, in the order of the log. */
async function firstArrivals(name: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let partition = 0; partition < PARTITIONS; partition++) {
    for (const { key, value } of await transport.read(TOPIC, partition, 0n, 100_000)) {
      const [of, text] = [key!.toString(), value!.toString()];
      const seen = found.get(of) ?? [];
      found.set(of, seen);
      if (text.startsWith(name) && !seen.includes(text)) seen.push(text);
    }
  }
  return found;
}

async function expectAllInOrder(name: string, sent: readonly OutgoingRecord[]): Promise<void> {
  const found = await firstArrivals(name);
  for (const key of new Set(sent.map((one) => one.key!))) {
    expect({ key, values: found.get(key) }).toEqual({ key, values: sent.filter((one) => one.key === key).map((one) => one.value!.toString()) });
  }
}

(reason === null ? describe : describe.skip)(`three brokers${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  it('keep each record three times, two of them in sync, and elect no leader that has not all', async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
    expect(topics[0]!.partitions.map(({ replicas }) => replicas.length)).toEqual(Array(PARTITIONS).fill(3));
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: TOPIC }] });
    const settings = Object.fromEntries(resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]));
    expect(settings).toMatchObject({ 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false', 'retention.ms': '-1', 'retention.bytes': '-1' });
  });

  it('lose nothing that was acknowledged, and keep the order of each key, when leaders move in mid-send', async () => {
    const before = await leaders();
    const victim = cluster.brokers.find(({ id }) => id === before[partitionOf('key-0', PARTITIONS)])!;
    const { sent, tries } = await sendAll('moved', 3_000, async () => {
      await victim.stop('SIGKILL');
    });
    const after = await leaders();
    expect(after).not.toContain(victim.id);
    expect(tries).toBeGreaterThan(0); // it struck in mid-send
    await expectAllInOrder('moved', sent);
    await victim.start();
  }, 120_000);

  it('take nothing while only one of three is there, and everything once it has company again', async () => {
    const [first, second] = cluster.brokers;
    const { sent, tries } = await sendAll('alone', 600, async () => {
      await Promise.all([first!.stop('SIGKILL'), second!.stop('SIGKILL')]);
      await Promise.all([first!.start(), second!.start()]);
    });
    expect(tries).toBeGreaterThan(0);
    await expectAllInOrder('alone', sent);
  }, 180_000);
});
