import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a recall and the planning of a device wait for each other by. It was a row of `device`, made where there was none; that table now
 * holds only what the workshop has said.
 */
export class DeviceGates1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table device_gate (id uuid primary key);
      insert into device_gate select id from device;
      delete from device where label is null and evidence_at is null and recalled_at is null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('insert into device (id) select id from device_gate on conflict do nothing; drop table device_gate');
  }
}
