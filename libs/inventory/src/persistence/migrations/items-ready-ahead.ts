import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a device that is ready anew said, while its item is still promised: facts of different topics come in any order. */
export class ItemsReadyAhead1763870000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stock_item add column next jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stock_item drop column next');
  }
}
