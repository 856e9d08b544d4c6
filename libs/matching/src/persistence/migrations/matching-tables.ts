import { protect } from '@lacollecte/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FIRST_PRICE_TABLE } from '../../domain/price.js';
import { LEDGER_ID } from '../ledger.js';

/** What structures ask for, what they are promised, and how it was decided. */
export class MatchingTables1710000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row: whoever moves quantities of lines and allocations locks it first, so that no two wait for each other in a circle.
      create table ledger (id uuid primary key);
      insert into ledger values ('${LEDGER_ID}');

      -- What we know of other services: the newest version wins.
      create table site (
        id uuid primary key, version int not null, n int not null,
        state text not null, postal_code text not null, department text
      );
      create table structure (
        id uuid primary key, version int not null, n int not null,
        state text not null, approved_until timestamptz, quota int, people_served int, postal_code text not null, department text
      );
      create table stock_item (
        id uuid primary key, version int not null, n int not null,
        site_id uuid not null, category text not null, grade text not null, earmark text,
        state text not null, reservation_id uuid
      );
      create index stock_item_free on stock_item (category, site_id, grade) where state = 'in-stock';
      create index stock_item_reservation on stock_item (reservation_id) where reservation_id is not null;

      create table need (
        id uuid primary key, version int not null, state text not null,
        structure_id uuid not null,
        top_ups int not null check (top_ups between 0 and 10000),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        -- Urgency 4 only: when a coordinator must have decided; escalated_at once they have not.
        decide_by timestamptz, escalated_at timestamptz,
        decided_at timestamptz, decided_by text, decline_reason text
      );
      create index need_structure on need (structure_id, created_at, id);
      create index need_created on need (created_at, id);
      create index need_expiry on need (expires_at) where state in ('submitted', 'approved', 'partly-allocated');
      create index need_decision on need (decide_by) where state = 'submitted' and escalated_at is null;

      create table need_line (
        id uuid primary key, need_id uuid not null references need, structure_id uuid not null, position int not null,
        category text not null, min_grade text not null,
        urgency_asked int not null check (urgency_asked between 1 and 4), urgency int not null check (urgency between 1 and 4),
        for_public text not null, reason text not null, max_price_cents int,
        asked int not null check (asked between 1 and 500),
        open int not null check (open >= 0), allocated int not null default 0 check (allocated >= 0),
        shipped int not null default 0 check (shipped >= 0), delivered int not null default 0 check (delivered >= 0),
        cancelled int not null default 0 check (cancelled >= 0), surplus int not null default 0 check (surplus >= 0),
        constraint sum_holds check (asked + surplus = open + allocated + shipped + delivered + cancelled),
        unique (need_id, position)
      );
      create index need_line_open on need_line (category) where open > 0;

      create table round (
        id uuid primary key, version int not null, state text not null,
        trigger text not null, requested_by text not null,
        created_at timestamptz not null, finished_at timestamptz,
        allocations int not null default 0, devices int not null default 0,
        solver text, seconds double precision, figures jsonb, parameters jsonb
      );
      create unique index round_one_at_a_time on round ((true)) where state = 'requested';
      create index round_created on round (created_at, id);
      -- What a round was decided from and what came out, kept; \`written\` counts its steps so that no two runs take one.
      create table round_work (
        round_id uuid primary key references round,
        inputs jsonb not null, solution jsonb, written int not null default 0
      );

      create table allocation (
        id uuid primary key, version int not null, state text not null,
        need_id uuid not null references need, line_id uuid not null references need_line, structure_id uuid not null, round_id uuid not null references round,
        site_id uuid not null, category text not null, grade text not null, earmark text,
        quarter date not null, price_cents int not null,
        proposed int not null check (proposed > 0), quantity int not null check (quantity >= 0),
        shipped int not null default 0 check (shipped >= 0), delivered int not null default 0 check (delivered >= 0),
        created_at timestamptz not null, answer_by timestamptz, delivered_at timestamptz, refusal_reason text,
        check (quantity >= shipped + delivered)
      );
      create index allocation_need on allocation (need_id);
      create index allocation_line on allocation (line_id);
      create index allocation_structure on allocation (structure_id, created_at, id);
      create index allocation_created on allocation (created_at, id);
      create index allocation_answer on allocation (answer_by) where state = 'held';
      create index allocation_promised on allocation (site_id) where state in ('proposed', 'held', 'accepted', 'shipped');
      create index allocation_delivered on allocation (delivered_at) where delivered > 0;

      create table explanation (
        id uuid primary key, round_id uuid not null references round, line_id uuid not null references need_line, structure_id uuid not null,
        created_at timestamptz not null, given int not null, data jsonb not null,
        unique (round_id, line_id)
      );
      create index explanation_line on explanation (line_id, created_at, id);

      -- Devices of a structure reserved in a quarter (Europe/Paris); releases give back.
      create table quota_use (
        structure_id uuid not null, quarter date not null, used int not null check (used >= 0),
        -- The highest quota in force when devices were reserved; none: unlimited.
        allowed int,
        primary key (structure_id, quarter)
      );

      create table price_table (
        id uuid primary key, valid_from date not null unique, data jsonb not null,
        created_at timestamptz not null default now(), created_by text not null
      );`);
    await runner.query(`
      -- What is free is decided over every structure's promises, and shown to each as numbers only: as their owner, past the policies.
      create function free_cells() returns table (site_id uuid, category text, grade text, earmark text, free int)
      language sql stable security definer set search_path from current as $$
        with promised as (
          select a.site_id, a.category, a.grade, a.earmark, sum(greatest(0, a.quantity - seen.items))::int as devices
          from allocation a, lateral (select count(*)::int as items from stock_item i where i.reservation_id = a.id and i.state <> 'in-stock') seen
          where a.state in ('proposed', 'held', 'accepted', 'shipped') group by 1, 2, 3, 4
        ), stocked as (
          select site_id, category, grade, earmark, count(*)::int as devices from stock_item where state = 'in-stock' group by 1, 2, 3, 4
        )
        select s.site_id, s.category, s.grade, s.earmark, greatest(0, s.devices - coalesce(p.devices, 0))
        from stocked s left join promised p on p.site_id = s.site_id and p.category = s.category and p.grade = s.grade and p.earmark is not distinct from s.earmark
      $$;
      create function asked_by_category() returns table (category text, min_grade text, asked bigint, lines bigint)
      language sql stable security definer set search_path from current as $$
        select l.category, l.min_grade, sum(l.open), count(*) from need_line l join need n on n.id = l.need_id
        where l.open > 0 and n.state in ('approved', 'partly-allocated') group by 1, 2
      $$;`);
    await runner.query(`insert into price_table (id, valid_from, data, created_by) values ('00000000-0000-7000-8000-000000000001', '2025-01-01', $1, 'system')`, [
      JSON.stringify(FIRST_PRICE_TABLE),
    ]);
    for (const table of ['need', 'need_line', 'allocation', 'explanation', 'quota_use']) await runner.query(protect('matching', table, 'structure_id'));
    await runner.query(protect('matching', 'structure', 'id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function free_cells(), asked_by_category(); drop table price_table, quota_use, explanation, allocation, round_work, round, need_line, need, stock_item, structure, site, ledger`);
  }
}
