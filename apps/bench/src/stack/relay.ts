import { randomUUID } from 'node:crypto';
import { intake } from '@lacollecte/contracts';
import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { append, kafkaClient, KafkaTransport, type OutboxRow, partitionOf, relayEvents, toRecord, TOPIC_SPECS } from '@lacollecte/messaging';
import pg from 'pg';
import { type Figure, inTurns, perSecond } from '../figure.js';
import { silent } from '../silent.js';
import type { Servers } from './servers.js';

const ROWS = 20_000;
const BATCH = 500;
const LOTS = 1_000;
const SPEC = TOPIC_SPECS.find(({ topic }) => topic === intake.LotChanged.topic)!;

/** Read, encode, send, mark, against kafkajs alone, which sends the same records, encoded before, in the same batches. */
export async function benchKafkaRelay(servers: Servers): Promise<Figure> {
  const urls = await servers.database('intake', 'bench_kafka_relay', []);
  const pool = await Pool.open(urls.worker, { max: 1, name: 'bench' });
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  const lots = Array.from({ length: LOTS }, () => randomUUID());
  for (let version = 1; version <= ROWS / LOTS; version++) {
    await pool.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      for (const key of lots) append(tx, intake.LotChanged, { key, version }, { ...intake.LotChanged.example, siteId: null });
    });
  }
  const transport = new KafkaTransport(servers.kafka, silent);
  await transport.ensureTopics([SPEC]);
  const producer = kafkaClient(servers.kafka, silent).producer({ createPartitioner: () => ({ message }) => message.partition!, retry: { retries: 0 } });
  await producer.connect();
  const { rows } = await client.query<OutboxRow>('select * from outbox order by position');
  const messages = rows.map((row) => ({ ...toRecord(row), partition: partitionOf(row.key, SPEC.partitions) }));
  const raw = async (): Promise<void> => {
    for (let i = 0; i < messages.length; i += BATCH) await producer.sendBatch({ acks: -1, topicMessages: [{ topic: SPEC.topic, messages: messages.slice(i, i + BATCH) }] });
  };
  const publish = async (): Promise<void> => {
    while ((await relayEvents(client, transport, silent)) > 0);
  };
  const prepare = async (): Promise<void> => {
    await client.query('insert into outbox_pending (position) select position from outbox on conflict do nothing');
    await client.query('vacuum analyze outbox_pending');
  };
  const ms = await inTurns(5, { prepare, work: publish }, { work: raw });
  await producer.disconnect();
  await transport.close();
  await client.end();
  await pool.close();
  return {
    name: 'kafka-relay', measured: 'the relay into Kafka', against: 'raw sendBatch of the same records', ratio: ms.baseline / ms.ours, aim: 0.7,
    detail: `${perSecond(ROWS, ms.ours)} published and marked; ${perSecond(ROWS, ms.baseline)} sent`,
  };
}
