import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sites, organisations, people with their one-time links, service accounts. */
export class DirectoryTables1710000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table site (
        id uuid primary key, version int not null, state text not null check (state in ('open', 'closed')),
        name text not null, street text not null, postal_code text not null, city text not null,
        bins text[] not null, weekly_capacity int not null check (weekly_capacity >= 0),
        created_at timestamptz not null default now()
      );

      create table organisation (
        id uuid primary key, version int not null,
        state text not null check (state in ('pending', 'approved', 'declined', 'suspended')),
        activity text not null check (activity in ('donor', 'structure')),
        kind text not null check (kind in ('company', 'public-body', 'association')),
        name text not null, siren text, street text not null, postal_code text not null, city text not null,
        publics jsonb not null, people_served int, quota_per_quarter int, approved_until timestamptz, reason text,
        external_reference text unique,
        created_at timestamptz not null default now()
      );
      -- Who was declined may register again.
      create unique index organisation_siren on organisation (activity, siren) where state <> 'declined';
      create index organisation_page on organisation (created_at, id);

      -- The only table of the system that names people.
      create table person (
        id uuid primary key, version int not null, state text not null check (state in ('invited', 'active', 'disabled')),
        email text unique check (email = lower(email)), name text, password_hash text,
        roles text[] not null check (cardinality(roles) > 0),
        organisation_id uuid references organisation, site_ids uuid[] not null,
        erased_at timestamptz,
        created_at timestamptz not null default now(),
        check (state <> 'active' or password_hash is not null),
        check (erased_at is null or (state = 'disabled' and email is null and name is null and password_hash is null))
      );
      create index person_organisation on person (organisation_id);
      create index person_page on person (created_at, id);

      -- Looked up by a secret that only the invited person holds; a newer link replaces the older one.
      create table invitation (
        person_id uuid primary key references person, organisation_id uuid references organisation,
        token_hash text not null unique, expires_at timestamptz not null, accepted_at timestamptz
      );

      create table service_account (
        id uuid primary key, version int not null, state text not null check (state in ('active', 'disabled')),
        client_id text not null unique, secret_hash text not null, name text not null, roles text[] not null,
        created_at timestamptz not null default now()
      );
      ${protect('directory', 'organisation', 'id')}
      ${protect('directory', 'person', 'organisation_id')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table service_account, invitation, person, organisation, site');
  }
}
