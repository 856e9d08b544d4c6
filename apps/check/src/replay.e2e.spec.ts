import { directory, SERVICES as NAMES, type ServiceName } from '@lacollecte/contracts';
import { errands, type Journey, journey } from '../fixtures/journey.js';
import { keep } from '../fixtures/keep.js';
import { replay, type ReplayedTable } from '../fixtures/replay.js';
import { TestSystem } from '../fixtures/system.js';
import { settled } from './backlog.js';
import { SERVICES } from './check.js';

let system: TestSystem;
let made: Journey;
/** Everything that was heard of the journey, and nothing of the errands. */
let between: string;
const restore = new Map<ServiceName, () => Promise<void>>();

beforeAll(async () => {
  system = await TestSystem.start();
  made = await journey(system);
  await settled(system.urls, 30_000, () => undefined);
  between = (await system.database('intake').sql<{ now: Date }>('select now() as now'))[0]!.now.toISOString();
  await errands(system, made);
  await settled(system.urls, 30_000, () => undefined);
  await system.stop();
  for (const service of NAMES) restore.set(service, await keep(system.database(service)));
}, 120_000);
afterEach(async () => {
  for (const put of restore.values()) await put();
});
afterAll(() => system.close());

const sql = (service: ServiceName, text: string, values: readonly unknown[] = []) => system.database(service).sql(text, values);
const json = async (...args: string[]) => {
  const { status, err, services } = await replay(system.urls, ['--json', ...args]);
  const table = (service: ServiceName, name: string): ReplayedTable => services.find((one) => one.service === service)!.tables.find((one) => one.table === name)!;
  return { status, err, services, table };
};

/** Every table of every database: its schema, its rows, and what they say. */
async function everything(): Promise<string[]> {
  const found: string[] = [];
  for (const service of NAMES) {
    const tables = (await sql(service, `select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`)) as { name: string }[];
    for (const { name } of tables) {
      const [row] = (await sql(service, `select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as said from ${name} t`)) as { n: number; said: string }[];
      found.push(`${service} ${name} ${row!.n} ${row!.said}`);
    }
  }
  return found;
}

it('makes every projection of every service again as it is, and does nothing else', async () => {
  const before = await everything();
  const { status, err, services } = await json();
  expect([status, err]).toEqual([0, '']);
  const expected = SERVICES.flatMap(({ name, projections, aggregates }) => [...projections, ...aggregates].map(({ table }) => `${name}.${table}`));
  expect(services.flatMap(({ service, tables }) => tables.map(({ table }) => `${service}.${table}`)).sort()).toEqual(expected.sort());
  const tables = services.flatMap((one) => one.tables);
  expect(tables.filter(({ different, missing, extra, later }) => different + missing + extra + later > 0)).toEqual([]);
  expect(tables.filter(({ equal, events }) => equal === 0 || events === 0)).toEqual([]);
  expect(await everything()).toEqual(before);
});

it('says it in words, of one service', async () => {
  expect(await replay(system.urls, ['--service', 'dispatch'])).toMatchObject({
    status: 0, err: '', out: expect.stringMatching(/^dispatch\n {2}ok {7}projection site +1 row of 1 event, 1 equal\n(.+\n)+\nEvery row compared is as the events say \(4 tables, \d+ rows\)\.\n$/),
  });
});

it.each([
  ['altered', 'different', (table: string, id: string, column: string) => `update ${table} set ${column} = ${column === 'open' ? 'not open' : `'x' || ${column}`} where id = '${id}'`],
  ['lost', 'missing', (table: string, id: string) => `delete from ${table} where id = '${id}'`],
  ['that nobody told of', 'extra', (table: string, id: string) => `update ${table} set id = gen_random_uuid() where id = '${id}'`],
] as const)('finds one row %s in each projection, and names it', async (_, verdict, statement) => {
  const expected: object[] = [];
  const another = (id: string): unknown => expect.not.stringMatching(id);
  for (const { name, projections } of SERVICES) {
    for (const { table } of projections) {
      const [row] = (await sql(name, `select id::text as id, (select attname from pg_attribute where attrelid = '${table}'::regclass and attname in ('state', 'open', 'label', 'topic') limit 1) as column from ${table} order by id limit 1`)) as { id: string; column: string }[];
      await sql(name, statement(table, row!.id, row!.column));
      expected.push({ service: name, table, key: verdict === 'extra' ? another(row!.id) : row!.id, verdict, columns: verdict === 'different' ? [row!.column] : [] });
    }
  }
  const { status, err, services } = await json();
  const found = services.flatMap(({ service, tables }) => tables.flatMap(({ table, differences }) => differences.filter((one) => one.verdict === verdict).map((one) => ({ service, table, ...one }))));
  expect(found).toEqual(expected);
  expect(expected).toHaveLength(17);
  expect([status, err]).toEqual([1, expect.stringMatching(/^17 tables not as the events say: intake\.site, intake\.donor, /)]);
});

it('finds an aggregate that is not as its newest event says', async () => {
  await sql('intake', `update lot set state = 'draft', version = version + 1 where id = $1`, [made.lotId]);
  const { status, table } = await json('--service', 'intake');
  expect(status).toBe(1);
  expect(table('intake', 'lot').differences).toEqual([{ key: made.lotId, verdict: 'different', columns: ['state', 'version'] }]);
  const { out } = await replay(system.urls, ['--service', 'intake']);
  expect(out).toMatch(new RegExp(`DIFFERS  aggregate  lot .* 1 different\\n +${made.lotId}: state, version different`));
});

it('leaves out what operations gave up and what is parked, and nothing else', async () => {
  const data = JSON.stringify({ ...directory.SiteChanged.example, siteId: made.siteId, state: 'closed', bins: ['Z-99'] });
  await sql('dispatch', `insert into inbox (id, topic, key, version, n, type, occurred_at, data, discarded_at) values ('given-up', 'directory.site', $1, 99, 0, $2, now(), $3, now())`, [made.siteId, directory.SiteChanged.type, data]);
  expect((await json('--service', 'dispatch')).status).toBe(0);
  await sql('dispatch', `update inbox set discarded_at = null where id = 'given-up'`);
  await sql('dispatch', `insert into parked_key (topic, key) values ('directory.site', $1)`, [made.siteId]);
  await sql('dispatch', `insert into parked_event (id, topic, key, headers, reason) values ('given-up', 'directory.site', $1, '{}', 'handler')`, [made.siteId]);
  expect((await json('--service', 'dispatch')).status).toBe(0);
  await sql('dispatch', `delete from parked_event`);
  expect((await json('--service', 'dispatch')).table('dispatch', 'site').differences).toEqual([{ key: made.siteId, verdict: 'different', columns: ['bins', 'state', 'version'] }]);
});

it('makes an earlier date again, and keeps it where asked', async () => {
  const { status, services, table } = await json('--service', 'dispatch', '--until', between, '--keep');
  expect(status).toBe(0);
  expect(table('dispatch', 'device')).toMatchObject({ equal: 1, later: 1 });
  const { schema } = services[0]!;
  const [then] = (await sql('dispatch', `select recalled, recalled_at from ${schema}.device where id = $1`, [made.deviceId])) as object[];
  const [now] = (await sql('dispatch', 'select recalled from device where id = $1', [made.deviceId])) as object[];
  expect([then, now]).toEqual([{ recalled: false, recalled_at: null }, { recalled: true }]);
  await sql('dispatch', `drop schema ${schema} cascade`);
});

it('finds what was altered since no event told of it, of an earlier date too', async () => {
  await sql('dispatch', `update device set label = 'x' where id = $1`, [made.inStock]);
  const { status, table } = await json('--service', 'dispatch', '--until', between);
  expect([status, table('dispatch', 'device').differences]).toEqual([1, [{ key: made.inStock, verdict: 'different', columns: ['label'] }]]);
});

it('refuses a role that sees only some rows, and options that say nothing', async () => {
  const { app } = system.database('intake').urls;
  expect(await replay(new Map([['intake', app]]), ['--service', 'intake'])).toMatchObject({ status: 2, out: '', err: expect.stringContaining('the database of intake: permission denied') });
  expect(await replay(system.urls, ['--until', '2026-11-23'])).toMatchObject({ status: 64, err: expect.stringContaining('a time with its offset is needed') });
  expect(await replay(system.urls, ['--service', 'stock'])).toMatchObject({ status: 64, err: expect.stringContaining('one of directory, intake') });
});
