import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing here is a donor's or a structure's: their ids are not kept, and all routes are for staff. */
export class InventoryTables1730000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What we need to know of directory's sites.
      create table site (id uuid primary key, version int not null, state text not null, bins text[] not null);

      -- Counts of items by what they have in common. Changed last in a transaction, in order of id.
      create table stock_cell (
        id uuid primary key,
        site_id uuid not null, category text not null, grade text not null, earmark text,
        free int not null default 0 check (free >= 0),
        reserved int not null default 0 check (reserved >= 0),
        picked int not null default 0 check (picked >= 0),
        on_hand int not null generated always as (free + reserved + picked) stored,
        created_at timestamptz not null default now(),
        unique nulls not distinct (site_id, category, grade, earmark)
      );
      create index stock_cell_page on stock_cell (created_at, id);
      -- One row a cell: held by who chooses among its free items, so that its counts are not locked meanwhile.
      create table cell_gate (id uuid primary key references stock_cell);

      create table reservation (
        id uuid primary key, version int not null,
        state text not null check (state in ('requested', 'held', 'committed', 'consumed', 'refused', 'released', 'expired')),
        site_id uuid not null, cell_id uuid, category text, grade text, earmark text,
        asked int not null check (asked >= 0),
        issued int not null default 0 check (issued >= 0),
        expires_at timestamptz,
        created_at timestamptz not null default now(),
        check ((state = 'held') = (expires_at is not null))
      );
      create index reservation_due on reservation (expires_at) where state = 'held';
      create index reservation_page on reservation (created_at, id);

      create table stock_item (
        id uuid primary key, version int not null,
        state text not null check (state in ('in-stock', 'reserved', 'picked', 'issued', 'quarantined', 'written-off')),
        cell_id uuid not null references stock_cell,
        site_id uuid not null, category text not null, grade text not null, earmark text,
        label text not null, bin text,
        reservation_id uuid references reservation,
        quarantine text check (quarantine in ('damaged', 'missing', 'other', 'recalled', 'returned')),
        note text,
        evidence_at timestamptz not null, ready_version int not null, stocked_at timestamptz not null,
        created_at timestamptz not null default now(),
        check ((state in ('reserved', 'picked', 'issued')) = (reservation_id is not null)),
        check ((state = 'quarantined') = (quarantine is not null))
      );
      create index stock_item_free on stock_item (cell_id, stocked_at, id) where state = 'in-stock';
      create index stock_item_page on stock_item (created_at, id);
      create index stock_item_label on stock_item (label);
      create index stock_item_reservation on stock_item (reservation_id) where reservation_id is not null;

      -- What each reservation was promised; \`ended\` says how it left.
      create table reservation_item (
        reservation_id uuid not null references reservation,
        item_id uuid not null references stock_item,
        ended text check (ended in ('issued', 'released', 'withdrawn', 'missing')),
        added_at timestamptz not null default now(), ended_at timestamptz,
        primary key (reservation_id, item_id),
        check ((ended is null) = (ended_at is null))
      );
      create unique index reservation_item_active on reservation_item (item_id) where ended is null;

      -- Devices that must not be promised or picked until they are ready with newer evidence. Known before the item, or not.
      create table recall_mark (
        device_id uuid primary key, recalled_at timestamptz not null, reason text not null,
        marked_at timestamptz not null default now()
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table recall_mark, reservation_item, stock_item, reservation, cell_gate, stock_cell, site`);
  }
}
