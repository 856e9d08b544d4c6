import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TraceabilityTables1764500000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Everything that was heard, a row an event; its data stays in the inbox. Only ever appended to.
      create table occurrence (
        id uuid primary key,
        topic text not null, key uuid not null, version int not null, n int not null, type text not null, at timestamptz not null,
        actor text, correlation_id text, causation_id text,
        -- Devices that it names.
        devices int not null,
        -- Ids of all that it names, and labels, serials, IMEI: letters and digits alone, in capitals.
        subjects uuid[] not null, identifiers text[]
      ) with (autovacuum_vacuum_insert_threshold = 50000);
      create index occurrence_subjects on occurrence using gin (subjects) with (gin_pending_list_limit = 1024);
      create index occurrence_identifiers on occurrence using gin (identifiers) where identifiers is not null;
      create index occurrence_correlation on occurrence (correlation_id);
      create index occurrence_at on occurrence using brin (at) with (autosummarize = on, pages_per_range = 32);

      create table site (id uuid primary key, version int not null, n int not null, state text not null, department text);
      create table organisation (id uuid primary key, version int not null, n int not null, state text not null, activity text not null, kind text not null, department text);
      create table lot (
        id uuid primary key, version int not null, n int not null, state text not null, since timestamptz not null, due_at timestamptz,
        donor_id uuid not null, site_id uuid,
        declared int not null, declined int not null, received int not null, refused int not null, missing int not null, awaited int not null, unexpected int not null
      );

      -- A device as each service last told of it: its arrival, its work, its place in stock. What was told of one says nothing of another.
      create table arrival (
        id uuid primary key, version int not null, n int not null, at timestamptz not null, lot_id uuid not null, donor_id uuid not null, site_id uuid not null,
        label text not null, category text not null, maker text, model text, matched text not null
      );
      create index arrival_lot on arrival (lot_id, at, id);
      create index arrival_donor on arrival (donor_id, at, id);
      create table work (
        id uuid primary key, version int not null, n int not null, state text not null, since timestamptz not null, at timestamptz not null,
        lot_id uuid not null, site_id uuid not null, donor_id uuid, waits_for text, waits_since timestamptz not null, due_at timestamptz,
        -- Of its present life: null again once it comes back.
        grade text, diagnosed_at timestamptz, erased_at timestamptz, tested_at timestamptz, graded_at timestamptz, ready_at timestamptz
      );
      create table item (
        id uuid primary key, version int not null, n int not null, state text not null, since timestamptz not null, at timestamptz not null,
        site_id uuid not null, category text not null, grade text not null, reservation_id uuid
      );
      create table reservation (id uuid primary key, version int not null, n int not null, state text not null, expires_at timestamptz);
      create table allocation (
        id uuid primary key, version int not null, n int not null, state text not null, since timestamptz not null, need_id uuid not null, structure_id uuid not null
      );
      ${[['lot', 'donor_id'], ['arrival', 'donor_id'], ['work', 'donor_id'], ['allocation', 'structure_id'], ['organisation', 'id']]
        .map(([table, column]) => protect('traceability', table!, column!)).join('')}

      -- Past the policies on purpose: all that a donor may know of who has their devices, and only where at least so many went to that kind of
      -- structure in that département. Of the organisation that asks, and of no other.
      create function own_deliveries(fewest int) returns table (device_id uuid, kind text, department text)
      language sql stable security definer set search_path = public as $$
        select id, case when together >= fewest then kind end, case when together >= fewest then department end
        from (
          select w.id, o.kind, o.department, count(*) over (partition by o.kind, o.department) as together
          from work w join item i on i.id = w.id join allocation a on a.id = i.reservation_id join organisation o on o.id = a.structure_id
          where w.state = 'delivered' and w.donor_id = nullif(current_setting('app.organisation', true), '')::uuid) delivered
      $$;
      revoke execute on function own_deliveries(int) from public;
      grant execute on function own_deliveries(int) to traceability_app, traceability_worker;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function own_deliveries(int); drop table allocation, reservation, item, work, arrival, lot, organisation, site, occurrence');
  }
}
