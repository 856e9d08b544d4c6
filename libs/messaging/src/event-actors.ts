import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who acted, told with each event; and beside what was heard what led to it, so that a replay tells the whole of it. */
export class EventActors1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A subject's id, never a name; 'system' where nobody did. Null: from before this was kept.
      alter table outbox add column actor text;
      alter table inbox add column correlation_id text, add column causation_id text, add column actor text;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table inbox drop column correlation_id, drop column causation_id, drop column actor; alter table outbox drop column actor');
  }
}
