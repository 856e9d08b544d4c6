import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a sign-in leaves behind: sessions, codes, grants, refresh tokens; and the issuer's own keys. */
export class IssuerTables1720000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The id is a hash: what is read here lets nobody in.
      create table issuer_record (
        model text not null, id text not null,
        payload jsonb not null,
        grant_id text, uid text,
        consumed_at timestamptz,
        expires_at timestamptz not null,
        primary key (model, id)
      );
      create index issuer_record_grant on issuer_record (grant_id) where grant_id is not null;
      create index issuer_record_uid on issuer_record (uid) where model = 'Session';
      create index issuer_record_expiry on issuer_record (expires_at);

      create table issuer_key (name text primary key, value jsonb not null, created_at timestamptz not null default now());`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table issuer_key, issuer_record');
  }
}
