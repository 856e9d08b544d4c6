import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site looks up at its dock: who signed for a session, and the rolls of labels that it was given. */
export class DockRecords1710000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The name under the summary of a session; null where nobody signed.
      alter table reception add column signed_by text;
      create index label_roll_site on label_roll (site_id, issued_at, id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index label_roll_site;
      alter table reception drop column signed_by;`);
  }
}
