import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaJars, notHere, startKafka } from '@lacollecte/servers';
import { Kafka } from 'kafkajs';
import type { MessagingLog } from '../log.js';
import { transportConformance } from '../transport.conformance.js';
import { KafkaTransport } from './kafka-transport.js';

const silent: MessagingLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const reason = await notHere(kafkaJars);
if (reason !== null) it.todo(`conforms where Kafka can be had: ${reason}`);
else transportConformance('the Kafka transport', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lacollecte-kafka-'));
  const cluster = await startKafka(folder);
  const broker = new Kafka({ brokers: [cluster.url.replace('kafka://', '')], logLevel: 0 });
  const connect = (): Promise<KafkaTransport> => Promise.resolve(new KafkaTransport(cluster.url, silent));
  const operator = await connect();
  return {
    connect,
    // The mark of a transaction takes an offset of its own.
    leaveGap: async (topic, partition) => {
      const producer = broker.producer({ transactionalId: `gap-${topic}`, idempotent: true, maxInFlightRequests: 1 });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ partition, value: 'taken back' }] });
      await transaction.abort();
      await producer.disconnect();
    },
    setOffset: (group, topic, partition, offset) => operator.setOffset(group, topic, partition, offset),
    committed: (group, topic, partition) => operator.committed(group, topic, partition),
    close: async () => {
      await operator.close();
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
