import { randomUUID } from 'node:crypto';
import { refurbishment } from '@lacollecte/contracts';
import { Pool } from '@lacollecte/database';
import { type Decoded, decode, EventConsumer, toRecord, type Transport } from '@lacollecte/messaging';
import { BenchTables1700000000005, HANDLERS } from './bench-tables.js';
import { type Figure, inTurns, perSecond } from './figure.js';
import { silent } from './silent.js';
import type { Server } from './server.js';

const EVENTS = 3_000;
const BATCH = 500;
const never = new AbortController().signal;

function events(): Decoded[] {
  return Array.from({ length: EVENTS }, (_, i) => {
    const key = randomUUID();
    const record = toRecord({
      position: '1', id: randomUUID(), topic: 'refurbishment.device', key, version: 1, n: 0, type: refurbishment.DeviceReady.type, occurred_at: new Date(),
      correlation_id: key, causation_id: null, traceparent: null, data: JSON.stringify({ ...refurbishment.DeviceReady.example, deviceId: key }),
    });
    return decode({ topic: record.topic, partition: 0, offset: BigInt(i), timestamp: new Date(), key: Buffer.from(key), headers: record.headers, value: record.value });
  });
}

/** A set-based handler over batches of 500, against the same handler with one transaction a message. */
export async function benchConsumer(server: Server): Promise<Figure> {
  const urls = await server.database('inventory', 'bench_consumer', [BenchTables1700000000005]);
  const pool = await Pool.open(urls.worker, { max: 2, name: 'bench' });
  const consumer = new EventConsumer('inventory', pool, undefined as unknown as Transport, HANDLERS, silent);
  const apply = (size: number) => async (): Promise<void> => {
    const all = events();
    for (let i = 0; i < all.length; i += size) await consumer.apply(all.slice(i, i + size), never);
  };
  const ms = await inTurns(3, { work: apply(BATCH) }, { work: apply(1) });
  await pool.close();
  return {
    name: 'consumer', measured: 'batches of 500', against: 'one transaction a message', ratio: ms.baseline / ms.ours, aim: 15,
    detail: `${perSecond(EVENTS, ms.ours)} (inbox, update, history); ${perSecond(EVENTS, ms.baseline)} one by one`,
  };
}
