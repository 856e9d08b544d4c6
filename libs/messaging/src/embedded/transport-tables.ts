import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A topic log in PostgreSQL with Kafka's semantics; a database of its own, so that it fails as a broker would. */
export class TransportTables1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table topic (name text primary key, partitions int not null check (partitions > 0));
      -- Held records are those of first <= offset < next. Updating \`next\` locks the row to the commit: offset order is commit order.
      create table partition (
        topic text not null references topic, partition int not null,
        first bigint not null default 0, next bigint not null default 0,
        primary key (topic, partition)
      ) with (fillfactor = 50);
      create table record (
        topic text not null, partition int not null, "offset" bigint not null,
        at timestamptz not null default clock_timestamp(),
        key bytea, headers text not null, value bytea,
        primary key (topic, partition, "offset")
      );
      create table consumer_group (name text primary key, generation int not null default 0);
      create table member (
        group_name text not null references consumer_group, id uuid not null, seen_at timestamptz not null,
        primary key (group_name, id)
      );
      create table group_offset (
        group_name text not null references consumer_group, topic text not null, partition int not null, next bigint not null,
        primary key (group_name, topic, partition)
      ) with (fillfactor = 50);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table group_offset, member, consumer_group, record, partition, topic');
  }
}
