import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EventActors1764500000000 } from './event-actors.js';

/** Tables that every service has: what it announced, what it heard, what it does later, what it answered. */
export class PlatformTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What this service decided, in order; rows stay: they are its history and what a replay reads.
      create sequence outbox_position_seq cache 1;
      create table outbox (
        position bigint primary key default nextval('outbox_position_seq'),
        id uuid not null unique,
        topic text not null, key text not null, version int not null, n int not null,
        type text not null, occurred_at timestamptz not null,
        correlation_id text, causation_id text, traceparent text,
        data text not null,
        unique (topic, key, version, n)
      );
      -- Marks what is not published yet, so that the history is only ever appended to: deleting a mark costs a quarter of
      -- updating a row that five indexes know.
      create table outbox_pending (
        position bigint primary key,
        -- Why it can never be sent; its key waits behind it.
        parked_reason text
      ) with (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0);
      create index outbox_parked on outbox_pending (position) where parked_reason is not null;
      create index outbox_causation on outbox (causation_id) where causation_id is not null;

      -- What it heard and applied (or parked), once each.
      create table inbox (
        id text primary key,
        topic text not null, key text not null, version int, n int, type text, occurred_at timestamptz,
        data text,
        received_at timestamptz not null default now(),
        -- Given up by operations, with a reason in \`audit\`: a replay leaves it out.
        discarded_at timestamptz
      );
      create table parked_key (
        topic text not null, key text not null, parked_at timestamptz not null default now(),
        primary key (topic, key)
      );
      create table parked_event (
        position bigint generated always as identity primary key,
        id text not null unique,
        topic text not null, key text not null, type text,
        headers jsonb not null, value bytea,
        -- Null: held behind an earlier event of its key.
        reason text, error text,
        parked_at timestamptz not null default now(),
        foreign key (topic, key) references parked_key on delete restrict
      );
      create index parked_event_key on parked_event (topic, key, position);

      -- A job's truth; the queue only runs it.
      create table job (
        id uuid primary key,
        queue text not null,
        data jsonb not null,
        due_at timestamptz not null,
        attempt int not null default 0,
        created_at timestamptz not null default now(),
        enqueued_at timestamptz,
        done_at timestamptz,
        error text,
        correlation_id text, causation_id text, traceparent text
      );
      create index job_unmarked on job (queue, created_at) where enqueued_at is null;
      create index job_open on job (due_at) where done_at is null;

      create table idempotency_key (
        subject text not null, method text not null, route text not null, key text not null,
        body_hash text not null,
        response jsonb,
        created_at timestamptz not null default now(),
        primary key (subject, method, route, key)
      );
      create index idempotency_key_age on idempotency_key (created_at);

      create table setting (
        name text primary key, value jsonb not null, version int not null default 1,
        updated_at timestamptz not null default now(), updated_by text not null
      );
      create table audit (
        id uuid primary key, at timestamptz not null default now(), actor text not null,
        action text not null, target text not null, detail jsonb not null default '{}'
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table audit, setting, idempotency_key, job, parked_event, parked_key, inbox, outbox_pending, outbox; drop sequence outbox_position_seq`);
  }
}

/** What every service's database begins with, before its own migrations. */
export const PLATFORM_MIGRATIONS: readonly (new () => MigrationInterface)[] = [PlatformTables1700000000000, EventActors1764500000000];
