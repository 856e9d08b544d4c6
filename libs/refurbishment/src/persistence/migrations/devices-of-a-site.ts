import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A site's devices in the order they came: without it, the pages of one site are walks through all of them. */
export class DevicesOfASite1710000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index device_site on device (site_id, created_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index device_site');
  }
}
