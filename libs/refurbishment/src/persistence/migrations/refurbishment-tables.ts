import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RULE_SETS_2026 } from '../rule-sets-2026.js';

/** Devices, what they are found by, their history, evidence of erasure, and the rules they are graded by. */
export class RefurbishmentTables1710000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table device (
        id uuid primary key, version int not null, state text not null,
        lot_id uuid not null, donor_id uuid not null, site_id uuid not null,
        label text not null unique, category text not null, earmark text,
        maker text, model text, serial text, imei text, asset_tag text,
        recycle_for_age boolean,
        diagnosed boolean not null, erased boolean not null, tested boolean not null, graded boolean not null,
        -- Its drives are part of the row, so that a device is read and locked as one.
        hardware jsonb, drives jsonb not null, no_media_at timestamptz, sim_cards int not null, sd_cards int not null,
        test_results jsonb, grading jsonb,
        held_from text[] not null, block jsonb, block_until timestamptz, ending jsonb,
        opened_at timestamptz not null, placed_at timestamptz not null,
        created_at timestamptz not null default now(),
        -- Since when it waits where it is: the last change.
        waiting_since timestamptz not null,
        bench text generated always as (
          case when state not in ('received', 'in-workshop') then null
            when not diagnosed then 'diagnosis' when not erased then 'erasure' when not tested then 'test' else 'grade' end
        ) stored,
        check (state <> 'ready' or (diagnosed and erased and tested and graded)),
        check (block_until is null or state = 'blocked')
      );
      create index device_page on device (created_at, id);
      create index device_lot on device (lot_id, created_at, id);
      create index device_donor on device (donor_id, created_at, id);
      create index device_bench on device (site_id, bench, waiting_since, id) where bench is not null;
      create index device_state on device (site_id, state);
      create index device_block on device (block_until) where block_until is not null;
      ${protect('refurbishment', 'device', 'donor_id')}

      -- What a device is found by: serial, IMEI, alias, asset tag; normalised. Its label is its own column.
      create table identifier (
        value text not null, device_id uuid not null references device, kind text not null check (kind in ('serial', 'imei', 'asset-tag', 'alias')),
        primary key (value, device_id, kind)
      );
      create index identifier_device on identifier (device_id);

      -- Devices that a drive was ever seen in.
      create table drive_serial (
        serial text not null, device_id uuid not null references device, drive_id uuid not null,
        primary key (serial, device_id)
      );
      create index drive_serial_device on drive_serial (device_id);

      -- Who did what, when.
      create table step (
        position bigint generated always as identity primary key,
        device_id uuid not null references device, version int not null,
        step text not null, by text not null, site_id uuid not null,
        at timestamptz not null, occurred_at timestamptz,
        payload jsonb not null,
        -- What the changed parts of the device were before, for an undo.
        before jsonb not null,
        undone_at timestamptz
      );
      create index step_device on step (device_id, position);

      -- Evidence of erasure, one row a drive and run of a tool; never deleted.
      create table evidence (
        id uuid primary key,
        state text not null check (state in ('waiting', 'matched', 'contested')),
        -- Why it waits, or why it was contested.
        reason text,
        serial text, label text,
        device_id uuid references device, drive_id uuid,
        -- The device's version that took it.
        matched_version int,
        tool text not null, tool_version text not null, method text not null,
        started_at timestamptz not null, finished_at timestamptz not null,
        verified boolean not null, account_unlinked boolean not null, result text not null,
        by text not null, created_at timestamptz not null default now(),
        check (state = 'waiting' or (device_id is not null and drive_id is not null)),
        -- The same run reported twice is one; without a serial, only where it names the same device.
        hint text generated always as (case when serial is null then label end) stored,
        unique nulls not distinct (serial, hint, tool, method, started_at, finished_at, result)
      );
      create index evidence_waiting on evidence (created_at, id) where state = 'waiting';
      create index evidence_serial on evidence (serial) where serial is not null;
      create index evidence_device on evidence (device_id) where device_id is not null;

      -- How devices are graded; the newest in force of a category counts. Rows are never changed.
      create table rule_set (
        id text primary key, categories text[] not null, valid_from date not null, scheme jsonb not null,
        created_at timestamptz not null default now(), created_by text not null
      );`);
    for (const { id, categories, validFrom, scheme } of RULE_SETS_2026) {
      await runner.query('insert into rule_set (id, categories, valid_from, scheme, created_by) values ($1, $2, $3, $4, $5)', [
        id, categories, validFrom, JSON.stringify(scheme), 'system',
      ]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rule_set, evidence, step, drive_serial, identifier, device');
  }
}
