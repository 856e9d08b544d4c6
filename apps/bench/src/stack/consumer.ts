import { Pool } from '@lacollecte/database';
import { decode, EventConsumer, KafkaTransport, type Transport } from '@lacollecte/messaging';
import { BenchTables1700000000005, HANDLERS } from '../bench-tables.js';
import { type Figure, median, perSecond } from '../figure.js';
import { silent } from '../silent.js';
import { deviceRecords, sendAll } from './device-records.js';
import type { Servers } from './servers.js';
import { startTutorial } from './tutorial.js';

const EVENTS = 30_000;
const ONE_BY_ONE = 2_000;
const BATCH = 500;
const ROUNDS = 3;
const PARTITIONS = 6;
const never = new AbortController().signal;

/** Milliseconds for each event, from the first record at hand to the last applied. Joining a group is not measured. */
type Measure = (round: number) => Promise<number>;

/**
 * Inbox, row and history from Kafka, in the batches that production has, against one transaction a message (one after the other, and as
 * parallel as the batches are), and against a tutorial's way.
 */
export async function benchKafkaConsumer(servers: Servers): Promise<Figure[]> {
  const urls = await servers.database('inventory', 'bench_kafka_consumer', [BenchTables1700000000005]);
  const pool = await Pool.open(urls.worker, { max: 2, name: 'bench' });
  const transport = new KafkaTransport(servers.kafka, silent);
  const consumer = new EventConsumer('inventory', pool, undefined as unknown as Transport, HANDLERS, silent);
  const apply = (size: number, count: number, partitions = PARTITIONS): Measure => async (round) => {
    const topic = `bench.device-${size}-${partitions}-${round}`;
    await transport.ensureTopics([{ topic, partitions }]);
    await sendAll(transport, deviceRecords(count, topic));
    const { promise: all, resolve, reject } = Promise.withResolvers<void>();
    let [first, applied] = [0, 0];
    const consumption = await transport.consume({
      group: topic, topics: [topic], maxBatch: BATCH,
      onBatch: async ({ records }) => {
        first ||= performance.now();
        for (let i = 0; i < records.length; i += size) await consumer.apply(records.slice(i, i + size).map(decode), never);
        if ((applied += records.length) >= count) resolve();
      },
    });
    const watch = setInterval(() => consumption.failure && reject(consumption.failure), 1_000);
    await all;
    const ms = (performance.now() - first) / count;
    clearInterval(watch);
    await consumption.stop();
    return ms;
  };
  const tutorial: Measure = async (round) => {
    const topic = `bench.tutorial-${round}`;
    await transport.ensureTopics([{ topic, partitions: PARTITIONS }]);
    await sendAll(transport, deviceRecords(ONE_BY_ONE, topic));
    const running = await startTutorial({ kafka: servers.kafka, database: urls.owner, topic, messages: ONE_BY_ONE });
    const ms = await running.done;
    await running.stop();
    return ms / ONE_BY_ONE;
  };
  const sides = { batches: apply(BATCH, EVENTS), single: apply(1, ONE_BY_ONE, 1), parallel: apply(1, ONE_BY_ONE), tutorial };
  const ms: Record<keyof typeof sides, number[]> = { batches: [], single: [], parallel: [], tutorial: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measure] of Object.entries(sides) as [keyof typeof sides, Measure][]) ms[name].push(await measure(round));
  }
  await transport.close();
  await pool.close();
  const ours = `${perSecond(1, median(ms.batches))} (inbox, update, history)`;
  const figure = (side: number[], against: string, how: string, aim: number | null): Figure => ({
    name: 'kafka-consumer', measured: 'batches from Kafka', against, ratio: median(side) / median(ms.batches), aim, detail: `${ours}; ${perSecond(1, median(side))} ${how}`,
  });
  return [
    figure(ms.single, 'one transaction a message', 'one after the other', 20),
    figure(ms.parallel, 'one transaction a message, of each partition at once', 'over as many connections', null),
    figure(ms.tutorial, "Nest's stock Kafka server with TypeORM's save()", "the tutorial's way", 20),
  ];
}
