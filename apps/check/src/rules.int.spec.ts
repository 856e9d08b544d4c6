import { randomUUID } from 'node:crypto';
import { SERVICES as NAMES, type ServiceName, topicsConsumedBy } from '@lacollecte/contracts';
import { corruptionOf, HISTORY, OUTBOX, TRADE_RULES } from '../fixtures/corruptions.js';
import { errands, type Journey, journey } from '../fixtures/journey.js';
import { keep } from '../fixtures/keep.js';
import { TestSystem } from '../fixtures/system.js';
import { settled } from './backlog.js';
import { check, SERVICES } from './check.js';
import { exitCode, type Report, toText } from './report.js';

/** Those that announce something. */
const DECIDERS = SERVICES.filter(({ aggregates }) => aggregates.length > 0);

let system: TestSystem;
let made: Journey;
const restore = new Map<ServiceName, () => Promise<void>>();
const touched = new Set<ServiceName>();

beforeAll(async () => {
  system = await TestSystem.start();
  made = await journey(system);
  await errands(system, made);
  await settled(system.urls, 30_000, () => undefined);
  await system.stop();
  for (const service of NAMES) restore.set(service, await keep(system.database(service)));
}, 120_000);
afterEach(async () => {
  for (const service of touched) await restore.get(service)!();
  touched.clear();
});
afterAll(() => system.close());

/** Runs one or more statements; the id that the last one gives. */
async function corrupt(service: ServiceName, sql: string): Promise<string> {
  touched.add(service);
  const rows = (await system.database(service).sql<{ id: string }>(sql)) as { id: string }[] | undefined;
  const id = rows?.[0]?.id;
  if (id === undefined) throw new Error(`nothing was changed by ${sql}`);
  return id;
}

/** What became of each rule, by where it holds and its name. */
async function violations(): Promise<Map<string, string[]>> {
  const { rules } = await check(system.urls);
  return new Map(rules.map((rule) => [`${rule.where}: ${rule.name}`, rule.violations.map(({ id }) => id)]));
}

it('holds of a system that works, and every rule has something to examine', async () => {
  const report = await check(system.urls);
  expect(report.rules.filter((rule) => rule.violated > 0 || rule.examined === 0)).toEqual([]);
  expect(exitCode(report, false)).toBe(0);
  expect(toText(report, false)).toMatch(/in flight: nothing\n\nAll \d+ rules hold \([\d,]+ rows examined\)\.$/);
});

it('has a test for every rule', async () => {
  const rules = [...(await violations()).keys()];
  const ofHistory = DECIDERS.flatMap(({ name, aggregates }) => [
    ...Object.keys(OUTBOX).map((rule) => `${name}: ${rule}`),
    ...aggregates.flatMap(({ topic }) => Object.keys(HISTORY).map((rule) => `${name}: ${topic.split('.')[1]} ${rule}`)),
  ]);
  const ofFlow = rules.filter((rule) => rule.includes(' → '));
  expect([...rules].sort()).toEqual([...ofHistory, ...TRADE_RULES, ...ofFlow].sort());
});

it.each(Object.keys(HISTORY))('names an aggregate that breaks %s', async (rule) => {
  const expected = new Map<string, string>();
  for (const { name, aggregates } of SERVICES) {
    for (const aggregate of aggregates) expected.set(`${name}: ${aggregate.topic.split('.')[1]} ${rule}`, await corrupt(name, HISTORY[rule]!(aggregate)));
  }
  const found = await violations();
  for (const [where, id] of expected) expect([where, found.get(where)]).toEqual([where, [id]]);
});

it.each(Object.keys(OUTBOX))('names what breaks %s', async (rule) => {
  const expected = new Map<string, string>();
  for (const { name } of DECIDERS) expected.set(`${name}: ${rule}`, await corrupt(name, OUTBOX[rule]!));
  const found = await violations();
  for (const [where, id] of expected) expect([where, found.get(where)]).toEqual([where, [id]]);
});

it.each(TRADE_RULES)('names what breaks %s', async (rule) => {
  const { service, sql } = corruptionOf(rule, made)!;
  // The last statement gives the id.
  const statements = sql.split(';');
  for (const statement of statements.slice(0, -1)) await system.database(service).sql(statement);
  const id = await corrupt(service, statements.at(-1)!);
  expect((await violations()).get(rule)).toContain(id);
});

it('names what was heard and never announced', async () => {
  const expected = new Map<string, string>();
  for (const to of NAMES) {
    for (const topic of topicsConsumedBy(to)) {
      const from = topic.split('.')[0]!;
      if (expected.has(`${from} → ${to}: heard-was-announced`)) continue;
      expected.set(`${from} → ${to}: heard-was-announced`, await corrupt(to, `insert into inbox (id, topic, key) values ('${randomUUID()}', '${topic}', 'x') returning id`));
    }
  }
  const found = await violations();
  for (const [where, id] of expected) expect([where, found.get(where)]).toEqual([where, [id]]);
});

describe('an event in flight', () => {
  const place = (report: Report) => report.rules.find((rule) => rule.name === 'device-in-one-place')!;
  /** Announced by intake, `age` seconds ago, naming the device that another service has wrong. */
  const announce = (age: number) => corrupt('intake', `insert into outbox (id, topic, key, version, n, type, occurred_at, data)
    select gen_random_uuid(), topic, '${randomUUID()}', 1, 0, type, now() - interval '${age} seconds', '{"state":"received","deviceId":"${made.inStock}"}'
    from outbox where topic = 'intake.device' limit 1 returning id::text as id`);
  beforeEach(() => corrupt('refurbishment', corruptionOf('all services: device-in-one-place', made)!.sql));
  afterEach(async () => {
    });

  it('excuses what it names, and nothing else does', async () => {
    expect(place(await check(system.urls))).toMatchObject({ violated: 1, excused: 0 });
    const id = await announce(0);
    const report = await check(system.urls);
    expect(place(report)).toMatchObject({ violated: 0, excused: 1 });
    expect(report.inFlight).toMatchObject(['refurbishment', 'traceability'].map((to) => ({ id, from: 'intake', to, where: 'unread' })));
    expect(await settled(system.urls, 0, () => undefined)).toBe('1 to be read intake → refurbishment, 1 to be read intake → traceability');
  });

  it('that only an observer has not heard yet excuses nothing', async () => {
    const id = await announce(0);
    await corrupt('refurbishment', `insert into inbox (id, topic, key) values ('${id}', 'intake.device', 'x') returning id`);
    const report = await check(system.urls);
    expect(report.inFlight).toMatchObject([{ id, to: 'traceability', where: 'unread' }]);
    expect(place(report)).toMatchObject({ violated: 1, excused: 0 });
  });

  it('is late after 60 seconds, unless it is parked', async () => {
    const id = await announce(61);
    const late = { rules: [], inFlight: (await check(system.urls)).inFlight };
    expect(late.inFlight).toMatchObject([{ id, where: 'unread' }, { id, where: 'unread' }]);
    expect(exitCode(late, true)).toBe(1);
    await system.database('intake').sql(`insert into outbox_pending select position, 'too large' from outbox where id = $1`, [id]);
    const parked = { rules: [], inFlight: (await check(system.urls)).inFlight };
    expect(parked.inFlight).toMatchObject([{ id, where: 'parked' }, { id, where: 'parked' }]);
    expect(exitCode(parked, true)).toBe(2);
    expect(await settled(system.urls, 0, () => undefined)).toBeUndefined();
  });

  it('is parked by who could not apply it', async () => {
    const id = await announce(0);
    await system.database('refurbishment').sql(`insert into inbox (id, topic, key) values ($1, 'intake.device', 'x')`, [id]);
    await system.database('refurbishment').sql(`insert into parked_key (topic, key) values ('intake.device', 'x')`);
    await system.database('refurbishment').sql(`insert into parked_event (id, topic, key, headers, value, reason) values ($1, 'intake.device', 'x', '{}', $2, 'handler')`, [id, Buffer.from(made.inStock)]);
    const report = await check(system.urls);
    expect(report.inFlight).toMatchObject([{ id, where: 'parked', to: 'refurbishment' }, { id, where: 'unread', to: 'traceability' }]);
    expect(place(report)).toMatchObject({ violated: 0, excused: 1 });
  });
});
