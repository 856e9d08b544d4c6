import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PLATFORM_MIGRATIONS } from './platform-tables.js';
import type { MessagingLog } from './log.js';

/** The platform's tables and one that a test handler writes to. */
export class MessagingTestTables1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const migration of PLATFORM_MIGRATIONS) await new migration().up(runner);
    await runner.query(
      'create table applied (position bigint generated always as identity, event_id text primary key, key text not null, version int not null, cause text)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table applied');
    for (const migration of PLATFORM_MIGRATIONS.toReversed()) await new migration().down(runner);
  }
}

export const silent: MessagingLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
