import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['manifest', 'manifest_chunk', 'manifest_reading', 'manifest_part', 'manifest_refusal'];

export class ManifestTables1710000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table manifest (
        id uuid primary key, version int not null, state text not null,
        lot_id uuid not null references lot, donor_id uuid not null,
        filename text not null, bytes int not null,
        reading int not null default 1, columns jsonb not null default '[]', fields jsonb, category text,
        rows int not null default 0, accepted int not null default 0, refused int not null default 0, devices int not null default 0,
        submit boolean not null default false, problem jsonb,
        created_at timestamptz not null default now(), created_by text not null,
        -- Confirmed, discarded or failed: from then on the file's days are counted.
        decided_at timestamptz
      );
      create index manifest_page on manifest (lot_id, created_at, id);
      create unique index manifest_pending on manifest (lot_id) where state in ('uploaded', 'reading', 'previewed', 'confirmed');
      create index manifest_decided on manifest (decided_at) where decided_at is not null;

      -- The file as it came, in parts of one size; written before its manifest, so without a reference to it.
      create table manifest_chunk (
        manifest_id uuid not null, n int not null, donor_id uuid not null, bytes bytea not null, created_at timestamptz not null default now(),
        primary key (manifest_id, n)
      );
      -- What is read once and deleted is not worth compressing.
      alter table manifest_chunk alter column bytes set storage external;
      create index manifest_chunk_age on manifest_chunk (created_at);

      -- How far a reading has come. Its row is there as long as anything of the file is kept.
      create table manifest_reading (
        manifest_id uuid not null references manifest, reading int not null, donor_id uuid not null,
        next_part int not null default 0, sample jsonb not null default '[]',
        rows int not null default 0, accepted int not null default 0, refused int not null default 0, devices int not null default 0,
        primary key (manifest_id, reading)
      );

      -- Accepted rows by column, thousands in one row of ours: a tenth of the cost of one each. They go
      -- to lot_line when the donor confirms, but for those that were refused since.
      create table manifest_part (
        manifest_id uuid not null, reading int not null, part int not null, donor_id uuid not null,
        line int[] not null, category text[] not null, maker text[] not null, model text[] not null, serial text[] not null, imei text[] not null,
        asset_tag text[] not null, quantity int[] not null, manufactured_year int[] not null, condition text[] not null, declared_value text[] not null, notes text[] not null,
        primary key (manifest_id, reading, part)
      );
      create table manifest_refusal (
        manifest_id uuid not null, reading int not null, line int not null, donor_id uuid not null,
        header text, value text not null, code text not null, cells jsonb not null,
        id uuid not null unique default gen_random_uuid(),
        primary key (manifest_id, reading, line)
      );
      ${TABLES.map((table) => protect('intake', table, 'donor_id')).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${TABLES.toReversed().join(', ')}`);
  }
}
