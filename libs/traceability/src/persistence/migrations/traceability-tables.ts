import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const standing = 'id uuid primary key, version int not null, n int not null, state text not null, since timestamptz not null';

export class TraceabilityTables1763910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row an event; only ever added to. An id begins with its time (UUID v7), so that the key is the index by time too.
      create table occurrence (
        id uuid primary key,
        topic text not null, key uuid not null, version int not null, n int not null, type text not null, at timestamptz not null,
        actor text, correlation_id text, causation_id text,
        -- All that it is about: devices, lots, needs, allocations, shipments, structures …
        subjects uuid[] not null
      );
      create index occurrence_subjects on occurrence using gin (subjects);
      create index occurrence_correlation on occurrence (correlation_id);

      -- How each aggregate stands, as its own topic tells; joined when they are read, for nothing relies on order between topics.
      create table device (${standing}, lot_id uuid, donor_id uuid, site_id uuid, label text, category text, maker text, model text, serial text, imei text,
        outcome text, received_at timestamptz);
      create index device_label on device (label);
      create index device_lot on device (lot_id);
      create index device_donor on device (donor_id);
      create index device_serial on device (upper(serial)) where serial is not null;
      create index device_imei on device (imei) where imei is not null;
      create table device_work (${standing}, lot_id uuid, site_id uuid, step text not null, grade text, label text, category text, weight_kg float8,
        ready_at timestamptz, delivered_at timestamptz, recycled_at timestamptz);
      create table item (${standing}, site_id uuid, category text, grade text, reservation_id uuid, stocked_at timestamptz);
      create table reservation (${standing}, site_id uuid, expires_at timestamptz);
      create table allocation (${standing}, need_id uuid, structure_id uuid, category text, quantity int, delivered_at timestamptz);
      create table lot (${standing}, donor_id uuid, site_id uuid, declared int, declined int, received int, refused int, missing int, awaited int, unexpected int,
        submitted_at timestamptz, accepted_at timestamptz, received_at timestamptz, closed_at timestamptz);
      create table organisation (${standing}, activity text, kind text, department text);
      ${protect('traceability', 'device', 'donor_id')}
      ${protect('traceability', 'lot', 'donor_id')}
      ${protect('traceability', 'allocation', 'structure_id')}
      ${protect('traceability', 'organisation', 'id')}

      -- All that a donor may know of where its devices went: the kind of structure and its département, and that only of five devices or more.
      create function destinations() returns table (device_id uuid, structure_kind text, department text)
        language sql stable security definer set search_path = public, pg_temp as $$
        select g.id, g.kind, g.department from (
          select d.id, o.kind, o.department, count(*) over (partition by o.kind, o.department) as devices
          from device d join device_work w on w.id = d.id and w.state = 'delivered' join item i on i.id = d.id
            join allocation a on a.id = i.reservation_id join organisation o on o.id = a.structure_id
          where d.donor_id = nullif(current_setting('app.organisation', true), '')::uuid and o.department is not null) g
        where g.devices >= 5 $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function destinations(); drop table organisation, lot, allocation, reservation, item, device_work, device, occurrence`);
  }
}
