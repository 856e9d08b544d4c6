import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROOM = 'serial is null and imei is null and (declined + received + refused + missing < quantity or missing > 0)';
/** The best first. Each is a walk along the index of lines with room, and the first ones found end it: a list of 50,000 phones without serials is as many counted lines. */
const LINES_WITH_ROOM = [
  'lower(l.maker) = lower($3) and lower(l.model) = lower($4)', 'lower(l.maker) = lower($3) and lower(l.model) is null', 'lower(l.maker) = lower($3)',
  'lower(l.maker) is null and lower(l.model) = lower($4)', 'lower(l.maker) is null', 'true',
].map((fits) => `(select id from lot_line l where lot_id = $1 and category = $2 and ${ROOM} and ${fits} order by lower(l.maker), lower(l.model), position limit 20)`).join(' union all ');

export class IntakeTables1710000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What we know of others by their events.
      create table site (id uuid primary key, open boolean not null, postal_code text not null, weekly_capacity int not null, version int not null);
      create table donor (id uuid primary key, state text not null, kind text not null, postal_code text not null, version int not null);

      create table lot (
        id uuid primary key, version int not null, state text not null,
        donor_id uuid not null, site_id uuid,
        origin text not null check (origin in ('donor', 'site', 'coordinator')),
        title text not null, earmark text, pickup_wish jsonb not null default '{}', brought boolean not null default false,
        decline_reason text,
        created_at timestamptz not null default now(), created_by text not null,
        submitted_at timestamptz, accepted_at timestamptz, collected_at timestamptz, received_at timestamptz, closed_at timestamptz,
        -- The donor has an answer by the first, the received inventory by the second.
        answer_due_at timestamptz, inventory_due_at timestamptz
      );
      create index lot_page on lot (created_at, id);
      create index lot_of_donor on lot (donor_id, created_at, id);
      create index lot_answer_due on lot (answer_due_at) where state = 'submitted';
      create index lot_inventory_due on lot (inventory_due_at) where state in ('accepted', 'receiving');

      create table lot_line (
        id uuid primary key, lot_id uuid not null references lot, donor_id uuid not null, position int not null,
        category text not null, maker text, model text, serial text, imei text, asset_tag text,
        quantity int not null check (quantity between 1 and 100000),
        manufactured_year int, condition text, declared_value text, notes text,
        -- How the donor came to the value, and what proves it: kept, never computed.
        declared_value_method text, declared_value_proof text,
        declined int not null default 0, decline_reason text,
        received int not null default 0, refused int not null default 0, missing int not null default 0,
        manifest_id uuid,
        unique (lot_id, position),
        check (serial is null or quantity = 1),
        check (declined >= 0 and received >= 0 and refused >= 0 and missing >= 0 and declined + received + refused + missing <= quantity)
      );
      create index lot_line_serial on lot_line (serial) where serial is not null;
      create index lot_line_imei on lot_line (lot_id, imei) where imei is not null;
      -- Counted lines with room, as reception looks for them.
      create index lot_line_open on lot_line (lot_id, category, lower(maker), lower(model), position)
        where ${ROOM};
      -- Past the policies on purpose: under them an index on lower() is of no use. For reception, whose staff see every lot.
      create function lines_with_room(lot uuid, kind text, maker text, model text) returns setof uuid language sql stable security definer set search_path = public as $$
        ${LINES_WITH_ROOM} limit 20
      $$;

      create table device (
        id uuid primary key, version int not null, state text not null,
        lot_id uuid not null references lot, line_id uuid references lot_line, donor_id uuid not null, site_id uuid not null, reception_id uuid not null,
        label text not null unique, category text not null, maker text, model text, serial text, imei text, aliases text[] not null default '{}',
        matched text not null, manufactured_year int, outcome text,
        received_at timestamptz not null default now(), received_by text not null, occurred_at timestamptz
      );
      create index device_lot on device (lot_id, received_at, id);
      create index device_serial on device (serial) where serial is not null;
      -- A serial comes in once with a lot: scanned again under another label it is the same device.
      create unique index device_serial_once on device (lot_id, serial) where serial is not null;
      create index device_line on device (line_id) where line_id is not null;
      create index device_reception on device (reception_id);

      -- Past the policies on purpose: what stands in open lots of other donors too. For a coordinator's task, never shown to a donor.
      create function serials_of_others(mine uuid) returns table (serial text, lot_id uuid) language sql stable security definer set search_path = public as $$
        select l.serial, other.id from lot join lot_line l on l.lot_id = lot.id join lot_line o on o.serial = l.serial join lot other on other.id = o.lot_id
        where lot.id = mine and other.donor_id <> lot.donor_id and other.state not in ('draft', 'closed', 'declined', 'cancelled')
      $$;

      create table pickup (
        id uuid primary key, version int not null, state text not null, lot_id uuid not null references lot, donor_id uuid not null, site_id uuid not null,
        planned_on date not null, pallets int not null, boxes int not null, seals text[] not null default '{}', reason text,
        created_at timestamptz not null default now(), ended_at timestamptz
      );
      create index pickup_lot on pickup (lot_id);

      create table reception (
        id uuid primary key, version int not null, state text not null, lot_id uuid not null references lot, donor_id uuid not null, site_id uuid not null,
        opened_by text not null, opened_at timestamptz not null default now(), closed_at timestamptz
      );
      create index reception_lot on reception (lot_id);
      -- Announced, or found at the dock; ticked once it is there.
      create table reception_package (reception_id uuid not null references reception, name text not null, ticked boolean not null, primary key (reception_id, name));
      create table dock_refusal (
        id uuid primary key, reception_id uuid not null references reception, lot_id uuid not null, donor_id uuid not null, line_id uuid, category text not null,
        serial text, reason text not null, refused_by text not null, refused_at timestamptz not null default now()
      );
      create index dock_refusal_lot on dock_refusal (lot_id, refused_at, id);
      create index dock_refusal_reception on dock_refusal (reception_id);

      create table label_roll (id uuid primary key, version int not null, state text not null, site_id uuid not null, issued_at timestamptz not null default now(), issued_by text not null);
      create table label (code text primary key, roll_id uuid not null references label_roll, site_id uuid not null, device_id uuid unique);
      create index label_roll_labels on label (roll_id);
      create sequence label_number;

      create table accessory_stock (site_id uuid not null, kind text not null, quantity int not null check (quantity >= 0), primary key (site_id, kind));

      -- What a coordinator has to look at; done when somebody did.
      create table task (
        id uuid primary key, kind text not null, lot_id uuid, subject text not null, detail jsonb not null default '{}',
        created_at timestamptz not null default now(), done_at timestamptz, done_by text,
        unique (kind, subject)
      );
      create index task_open on task (created_at, id) where done_at is null;

      ${['lot', 'lot_line', 'device', 'pickup', 'reception', 'dock_refusal'].map((table) => protect('intake', table, 'donor_id')).join('\n')}
      ${protect('intake', 'donor', 'id')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table task, accessory_stock, label, label_roll, dock_refusal, reception_package, reception, pickup, device, lot_line, lot, donor, site; drop sequence label_number; drop function serials_of_others, lines_with_room`);
  }
}
