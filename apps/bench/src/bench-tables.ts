import { refurbishment } from '@lacollecte/contracts';
import type { Handler } from '@lacollecte/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the benches of consumers write to. */
export class BenchTables1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table bench_device (id uuid primary key, version int not null); create table bench_history (id uuid, version int, at timestamptz default now())');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bench_history, bench_device');
  }
}

const keepDevices: Handler = {
  batch: true,
  handle: async (_data, { tx, each }) => {
    const rows = [each.map(({ event }) => event.key), each.map(({ event }) => event.version)];
    await tx.execute('insert into bench_device (id, version) select * from unnest($1::uuid[], $2::int[]) on conflict (id) do update set version = excluded.version', rows);
    await tx.execute('insert into bench_history (id, version) select * from unnest($1::uuid[], $2::int[])', rows);
  },
};

/** Keeps each device's row and history. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map([[refurbishment.DeviceReady.type, keepDevices]]);
