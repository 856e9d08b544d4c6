import pg from 'pg';

/** What is kept of devices that have come to their end, with what of it is copied; the others are of places, people and needs still open. */
const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  intake: { outbox: '', inbox: '', lot: '', lot_line: '', device: '', label_roll: '', label: '', reception: '' },
  refurbishment: { outbox: '', inbox: '', device: "where bench is null", step: '', evidence: '', drive_serial: '', identifier: '' },
  inventory: { outbox: '', inbox: '', stock_item: "where state = 'issued'", reservation: "where state = 'consumed'", reservation_item: "where ended = 'issued'" },
  matching: { outbox: '', inbox: '', stock_item: "where state = 'issued'", allocation: "where state = 'delivered'", explanation: '' },
  dispatch: { outbox: '', inbox: '', device: '', shipment: '', shipment_line: '', shipment_item: '', parcel: '', allocation_mark: '' },
  traceability: {
    inbox: '', occurrence: '', lot: '', arrival: '', work: "where state = 'delivered'", item: "where state = 'issued'", reservation: "where state = 'consumed'", allocation: "where state = 'delivered'",
  },
};
/** Of what is not copied. */
const SHARED = ['donor_id', 'site_id', 'structure_id', 'cell_id', 'need_id', 'need_line_id'];
/** Unique texts: another one in each copy. */
const NAMES = ['key', 'id', 'label', 'code', 'serial', 'value', 'imei', 'seal'];

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Another id or name in each copy, the same wherever it is met. The end of an id is random, what is before it counts. */
const FUNCTIONS = `
  create or replace function pg_temp.copied(given uuid, copy int) returns uuid language sql immutable strict as
    $$ select overlay(given::text placing lpad(to_hex(copy), 5, '0') from 32 for 5)::uuid $$;
  create or replace function pg_temp.copied(given text, copy int) returns text language sql immutable strict as
    $$ select case when given ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then pg_temp.copied(given::uuid, copy)::text else given || '-' || copy end $$;
  create or replace function pg_temp.copied(given uuid[], copy int) returns uuid[] language sql immutable strict as
    $$ select array_agg(pg_temp.copied(one, copy) order by place) from unnest(given) with ordinality as listed(one, place) $$`;

/** Makes what every service of this server keeps of its devices so many times as much. What is told of it is on no transport: it is history. */
export async function multiply(superuserUrl: string, copies: { readonly from: number; readonly to: number }): Promise<void> {
  const there = await databasesOf(superuserUrl);
  for (const [database, tables] of Object.entries(KEPT).filter(([name]) => there.includes(name))) {
    const url = new URL(superuserUrl);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query(`set session_replication_role = replica; set synchronous_commit = off; ${FUNCTIONS}`);
      for (const [table, where] of Object.entries(tables)) {
        const columns = await columnsOf(client, table);
        const shown = columns.map(({ name, type }) => (!SHARED.includes(name) && (type === 'uuid' || type === 'uuid[]' || (type === 'text' && NAMES.includes(name))) ? `pg_temp.copied(${name}, copy)` : `"${name}"`));
        // The first run's, kept apart: copies are made of it, not of each other. One in some ten thousand is its own copy.
        await client.query(`create table if not exists bench_first_${table} as select * from ${table} ${where}`);
        await client.query(`insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) select ${shown.join(', ')} from bench_first_${table}, generate_series(${copies.from}, ${copies.to - 1}) copy on conflict do nothing`);
      }
      await client.query('vacuum analyze');
      await client.query('checkpoint');
    } finally {
      await client.end();
    }
  }
}

async function databasesOf(superuserUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query<{ name: string }>('select datname as name from pg_database')).rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Those that are given, not generated: a position is the next one. */
async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' and not (attname = 'position' and atttypid = 'bigint'::regtype)`,
    [table],
  );
  return rows;
}
