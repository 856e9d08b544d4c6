import { randomUUID } from 'node:crypto';
import { refurbishment } from '@lacollecte/contracts';
import { Pool } from '@lacollecte/database';
import { type Decoded, decode, EventConsumer, type Handler, toRecord, type Transport } from '@lacollecte/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Figure, inTurns, perSecond } from './figure.js';
import { silent } from './silent.js';
import type { Server } from './server.js';

const EVENTS = 3_000;
const BATCH = 500;
const never = new AbortController().signal;

class BenchTables1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table bench_device (id uuid primary key, version int not null); create table bench_history (id uuid, version int, at timestamptz default now())');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bench_history, bench_device');
  }
}

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
  const handler: Handler = {
    batch: true,
    handle: async (_data, { tx, each }) => {
      const rows = [each.map(({ event }) => event.key), each.map(({ event }) => event.version)];
      await tx.execute('insert into bench_device (id, version) select * from unnest($1::uuid[], $2::int[]) on conflict (id) do update set version = excluded.version', rows);
      await tx.execute('insert into bench_history (id, version) select * from unnest($1::uuid[], $2::int[])', rows);
    },
  };
  const consumer = new EventConsumer('inventory', pool, undefined as unknown as Transport, new Map([[refurbishment.DeviceReady.type as string, handler]]), silent);
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
