import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of a file is read: how many rows it has is known only at its end, how many bytes from its start. */
export class ReadingProgress1710000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table manifest_reading add column bytes_read bigint not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table manifest_reading drop column bytes_read');
  }
}
