import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notifications1710000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a donor is told of a lot: shown in the page, and later sent by mail to the organisation's people, whose addresses are directory's.
      create table notification (
        id uuid primary key, donor_id uuid not null, lot_id uuid not null references lot, kind text not null,
        -- The event that it tells of: an aggregate and its version.
        of_id uuid not null, of_version int not null,
        -- {fr: {title, text}, en: {title, text}}
        texts jsonb not null,
        created_at timestamptz not null, read_at timestamptz, read_by text,
        -- By mail.
        sent_at timestamptz,
        unique (of_id, of_version)
      );
      create index notification_page on notification (donor_id, created_at, id);
      create index notification_unread on notification (donor_id) where read_at is null;
      create index notification_unsent on notification (created_at, id) where sent_at is null;
      create index notification_lot on notification (lot_id);
      ${protect('intake', 'notification', 'donor_id')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notification');
  }
}
