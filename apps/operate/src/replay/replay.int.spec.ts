import { randomUUID } from 'node:crypto';
import { directory } from '@lacollecte/contracts';
import { from, PLATFORM_MIGRATIONS, Projection, type Rows } from '@lacollecte/messaging';
import { DEFINITIONS } from '@lacollecte/system';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { NotReplayable } from './rebuild.js';
import { replay } from './replay.js';

const intake = DEFINITIONS.find(({ name }) => name === 'intake')!;
const NOW = { until: null, keep: false };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, ...intake.migrations]);
});
beforeEach(async () => {
  await database.sql('truncate inbox, site');
});
afterAll(() => database.close());

/** Heard of a site, and applied. */
async function heard(version: number, weeklyCapacity: number, id: string = randomUUID()): Promise<string> {
  const data = { ...directory.SiteChanged.example, siteId: id, weeklyCapacity };
  await database.sql(`insert into inbox (id, topic, key, version, n, type, occurred_at, data) values ($1, 'directory.site', $2, $3, 0, $4, now(), $5)`, [
    randomUUID(), id, version, directory.SiteChanged.type, JSON.stringify(data),
  ]);
  return id;
}

const made = (write: (rows: Rows) => Promise<unknown>) => replay(database.urls.superuser, { ...intake, projections: [new Projection('site', from([directory.SiteChanged], write))] }, NOW);

it.each([
  ['reads an aggregate', 'select from lot', /relation "lot" does not exist/],
  ['announces', `insert into outbox (id) values (gen_random_uuid())`, /relation "outbox" does not exist/],
  ['has something done later', `insert into job (id) values (gen_random_uuid())`, /relation "job" does not exist/],
])('a projection that %s cannot be made again', async (_, statement, says) => {
  await heard(1, 5);
  const failed = made((rows) => rows.query(statement));
  await expect(failed).rejects.toThrow(NotReplayable);
  await expect(failed).rejects.toThrow(/^intake\.site, at an event/);
  await expect(failed).rejects.toThrow(says);
});

it('names what no longer fits the contract', async () => {
  const id = await heard(1, 5);
  await database.sql(`update inbox set data = '{}' where key = $1`, [id]);
  await expect(replay(database.urls.superuser, intake, NOW)).rejects.toThrow(/intake\.event .* does not fit the contract/);
});

it('goes by the versions of each key, in whatever order its events came', async () => {
  const id = await heard(2, 20);
  await heard(1, 10, id);
  // The last one told stands.
  const last = new Projection('site', from([directory.SiteChanged], (rows, { data, version }) =>
    rows.execute(`insert into site (id, open, postal_code, weekly_capacity, version) values ($1, true, '69007', $2, $3)
      on conflict (id) do update set weekly_capacity = excluded.weekly_capacity, version = excluded.version`, [data.siteId, data.weeklyCapacity, version])));
  await database.sql(`insert into site (id, open, postal_code, weekly_capacity, version) values ($1, true, '69007', 20, 2)`, [id]);
  const { tables } = await replay(database.urls.superuser, { ...intake, projections: [last] }, NOW);
  expect(tables.find(({ table }) => table === 'site')).toMatchObject({ events: 2, equal: 1, different: 0, missing: 0, extra: 0 });
});

it('goes through more than is fetched at once, and names only the first of what differs', async () => {
  const data = JSON.stringify(directory.SiteChanged.example);
  await database.sql(`insert into inbox (id, topic, key, version, n, type, occurred_at, data)
    select i, 'directory.site', k, 1, 0, $1, now(), jsonb_set($2::jsonb, '{siteId}', to_jsonb(k))::text from (select i::text as i, gen_random_uuid()::text as k from generate_series(1, 4500) i) x`, [directory.SiteChanged.type, data]);
  const { tables } = await replay(database.urls.superuser, intake, NOW);
  const site = tables.find(({ table }) => table === 'site')!;
  expect(site).toMatchObject({ events: 4500, equal: 0, missing: 4500 });
  expect(site.differences).toHaveLength(5);
});

it('names a database that is out of reach', async () => {
  await expect(replay('postgres://nobody:x@127.0.0.1:1/intake', intake, NOW)).rejects.toThrow(/^the database of intake is out of reach: .*ECONNREFUSED/);
});
