import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a program acts. */
export class ServiceAccountSites1720000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table service_account add column site_ids uuid[] not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table service_account drop column site_ids');
  }
}
