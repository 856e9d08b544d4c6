import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is signed in with a browser. */
export class SessionTable1730000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table session (
        -- Follows from the cookie's secret, and does not lead back to it.
        id bytea primary key,
        -- Tokens, and what they say of the person: the key follows from the cookie's secret too.
        sealed bytea not null,
        -- When the access token is to be replaced by a fresh one.
        refresh_at timestamptz not null,
        -- After a while without a request, and never after ends_at.
        expires_at timestamptz not null,
        ends_at timestamptz not null,
        -- Signed out: good for one visit to the issuer, to sign out there too.
        ended boolean not null default false,
        created_at timestamptz not null default now()
      );
      create index session_expiry on session (expires_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table session');
  }
}
