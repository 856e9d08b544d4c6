import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site has to look at: scans that were made with no network, and refused when they arrived. */
export class ScanTasks1710000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table task (
        id uuid primary key, site_id uuid not null,
        -- As it was scanned: it may lead to no device.
        label text not null,
        -- What was to be done, and why it was not.
        scan jsonb not null, problem jsonb not null,
        -- By the clock of the device that scanned, if it said.
        occurred_at timestamptz,
        by text not null, created_at timestamptz not null default now(),
        done_at timestamptz, done_by text
      );
      create index task_open on task (site_id, created_at, id) where done_at is null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table task');
  }
}
