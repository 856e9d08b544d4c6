import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DispatchTables1715000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What dispatch knows of the others: sites and their bins, devices and their recalls.
      create table site (id uuid primary key, state text not null, bins text[] not null, version int not null);
      create table device (
        id uuid primary key,
        label text, category text, grade text,
        evidence_at timestamptz,
        recalled_at timestamptz, recall_reason text,
        -- Facts come in any order: a recall holds until a newer erasure is named.
        recalled boolean not null generated always as (recalled_at is not null and (evidence_at is null or evidence_at <= recalled_at)) stored
      );
      create index device_label on device (label);

      -- One row per (site, structure), its id made of both: who holds it decides which shipment an accepted allocation joins.
      create table shipping_slot (id uuid primary key, shipment_id uuid, open_until timestamptz);
      -- One row per allocation heard of: the end of one is kept even when its acceptance comes later.
      create table allocation_mark (id uuid primary key, void_reason text);

      create table shipment (
        id uuid primary key,
        version int not null,
        state text not null check (state in ('planned', 'picking', 'packed', 'handed-over', 'delivered', 'failed', 'returned', 'cancelled')),
        site_id uuid not null,
        structure_id uuid not null,
        carriage text not null check (carriage in ('own', 'carrier', 'fetched')),
        picking_started_at timestamptz,
        created_at timestamptz not null
      );
      create index shipment_order on shipment (created_at, id);
      create index shipment_site on shipment (site_id, created_at, id);
      create index shipment_structure on shipment (structure_id, created_at, id);

      create table shipment_line (
        id uuid primary key,
        shipment_id uuid not null references shipment,
        structure_id uuid not null,
        need_id uuid not null,
        need_line_id uuid not null,
        category text not null,
        grade text not null,
        quantity int not null check (quantity >= 0),
        state text not null check (state in ('planned', 'requested', 'committed', 'dropped')),
        reason text,
        created_at timestamptz not null default now()
      );
      create index shipment_line_shipment on shipment_line (shipment_id);
      create index shipment_line_need on shipment_line (need_id);

      create table parcel (
        id uuid primary key,
        shipment_id uuid not null references shipment,
        structure_id uuid not null,
        number int not null,
        state text not null check (state in ('open', 'packed', 'handed-over', 'delivered', 'failed', 'returned', 'cancelled')),
        seal text,
        opened_at timestamptz not null, sealed_at timestamptz,
        handed_over_at timestamptz, taken_by text,
        delivered_at timestamptz, received_by text,
        failed_at timestamptz, failure text,
        returned_at timestamptz, seal_intact boolean,
        unique (shipment_id, number),
        check ((state in ('open', 'cancelled')) = (seal is null))
      );

      create table shipment_item (
        line_id uuid not null references shipment_line,
        item_id uuid not null,
        shipment_id uuid not null,
        structure_id uuid not null,
        state text not null check (state in ('to-pick', 'packed', 'substituting', 'pulled', 'substituted', 'short', 'dropped')),
        bin text,
        parcel_id uuid references parcel,
        replaces uuid,
        packed_at timestamptz, scanned_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (line_id, item_id),
        check (state <> 'packed' or parcel_id is not null)
      );
      create index shipment_item_shipment on shipment_item (shipment_id);
      create index shipment_item_device on shipment_item (item_id, created_at);

      create table device_return (
        id uuid primary key,
        version int not null,
        state text not null check (state in ('requested', 'received', 'lost', 'found')),
        device_id uuid not null,
        shipment_id uuid not null references shipment,
        reservation_id uuid not null,
        structure_id uuid not null,
        site_id uuid not null,
        reason text,
        created_at timestamptz not null,
        unique (shipment_id, device_id)
      );
      create index device_return_order on device_return (created_at, id);
      create index device_return_device on device_return (device_id);
      ${['shipment_line', 'parcel', 'shipment_item', 'device_return'].map((table) => protect('dispatch', table, 'structure_id')).join('')}
      ${protect('dispatch', 'shipment', 'structure_id')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table device_return, shipment_item, parcel, shipment_line, shipment, allocation_mark, shipping_slot, device, site');
  }
}
