import { randomUUID } from 'node:crypto';
import { directory } from '@lacollecte/contracts';
import { EmbeddedTransport, migrateQueues, PLATFORM_MIGRATIONS, postgresQueues, TOPIC_SPECS, TransportTables1700000000001 } from '@lacollecte/messaging';
import { actor, createTestDatabase, eventually, type TestDatabase, testIssuer } from '@lacollecte/testing';
import { pino } from 'pino';
import { createService, type RunningService } from '../create-service.js';
import { MOST_WATCHERS } from '../telemetry/flow.js';
import { handling, notes, NoteTables1700000000009 } from '../testing/notes.js';

let database: TestDatabase;
let brokers: TestDatabase;
let transport: EmbeddedTransport;
let service: RunningService;
let issuer: Awaited<ReturnType<typeof testIssuer>>;

beforeAll(async () => {
  database = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, NoteTables1700000000009]);
  brokers = await createTestDatabase('matching', [TransportTables1700000000001]);
  await migrateQueues(brokers.urls.superuser);
  issuer = await testIssuer();
  transport = new EmbeddedTransport(brokers.urls.worker);
  await transport.ensureTopics(TOPIC_SPECS);
  service = await createService(notes, { database: database.urls, transport, queues: postgresQueues(brokers.urls.superuser), auth: issuer.auth, log: pino({ level: 'silent' }), poolSize: 3 });
  await service.app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await service.stop();
  await transport.close();
  await database.close();
  await brokers.close();
});
beforeEach(() => (handling.work = () => undefined));

const bearer = async (role: 'donor' | 'ops') => ({ authorization: `Bearer ${await issuer.token(actor(role))}` });
const write = async (text: string): Promise<string> => {
  const headers = { ...(await bearer('donor')), 'idempotency-key': randomUUID() };
  return (await service.app.inject({ method: 'POST', url: '/api/intake/notes', headers, payload: { text } })).json<{ id: string }>().id;
};
const get = async <T>(path: string): Promise<T> => {
  const response = await service.app.inject({ url: `/api/intake/${path}`, headers: await bearer('ops') });
  expect(response.statusCode).toBe(200);
  return response.json<T>();
};
const redrive = async (body: object) => (await service.app.inject({ method: 'POST', url: '/api/intake/parked/groups/redrive', headers: await bearer('ops'), payload: body })).json<object>();
const open = async (seconds: number) => fetch(`${await service.app.getUrl()}/api/intake/operations/stream?seconds=${seconds}`, { headers: await bearer('ops') });

it('tells how far the service has come in each topic, in messages and in seconds', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  handling.work = () => promise;
  await write('one');
  type Topic = { topic: string; group: string; lagMessages: number; lagSeconds: number; partitions: object[] };
  const site = async () => (await get<Topic[]>('operations/topics')).find(({ topic }) => topic === 'directory.site')!;
  await eventually(async () => expect(await site()).toMatchObject({ group: 'intake', lagMessages: 1 }), { what: 'one to wait' });
  expect((await site()).lagSeconds).toBeGreaterThan(0);
  resolve();
  await eventually(async () => expect(await site()).toMatchObject({ lagMessages: 0, lagSeconds: 0 }), { what: 'none to wait' });
});

it('tells what waits in the outbox, and what can never be sent', async () => {
  expect(await get('operations/outbox')).toEqual({ pending: 0, oldestAt: null, parked: [] });
  const key = await write('large');
  await eventually(async () => expect(await database.sql('select 1 from outbox_pending')).toEqual([]), { what: 'it to be sent' });
  await database.sql(`insert into outbox_pending (position, parked_reason) select position, 'too large' from outbox where key = $1`, [key]);
  expect(await get('operations/outbox')).toMatchObject({ pending: 0, oldestAt: null, parked: [{ key, topic: 'directory.site', reason: 'too large' }] });
  await database.sql('delete from outbox_pending');
});

it('counts jobs by state', async () => {
  await database.sql(`insert into job (id, queue, data, due_at, error, enqueued_at) values
    (gen_random_uuid(), 'intake-notes', '{"id":"x"}', now() + interval '1 day', null, now()), (gen_random_uuid(), 'intake-notes', '{"id":"x"}', now() + interval '1 day', 'failed', now())`);
  expect(await get('operations/queues')).toMatchObject([{ queue: 'intake-notes', jobs: { waiting: 0, delayed: 1, queued: 0, retrying: 1 }, backend: { failed: 0 } }]);
});

it('counts what was announced and applied in each hour', async () => {
  const [{ n }] = (await database.sql<{ n: number }>('select count(*)::int as n from outbox')) as [{ n: number }];
  const hours = await get<{ hour: string; announced: number; applied: number }[]>('operations/throughput?hours=3');
  expect(hours).toHaveLength(3);
  expect(hours.reduce((sum, { announced }) => sum + announced, 0)).toBe(n);
  expect(hours.reduce((sum, { applied }) => sum + applied, 0)).toBe(n);
});

it('counts what was announced and applied in each minute of the last hour, and by topic in the last one', async () => {
  await write('paced');
  type Pace = { minutes: { announced: number; applied: number }[]; topics: { topic: string; announced: number; applied: number }[] };
  await eventually(async () => {
    const { minutes, topics } = await get<Pace>('operations/pace');
    expect(minutes).toHaveLength(60);
    const [{ n }] = (await database.sql<{ n: number }>('select count(*)::int as n from outbox')) as [{ n: number }];
    expect(minutes.reduce((sum, { announced }) => sum + announced, 0)).toBe(n);
    expect(minutes.reduce((sum, { applied }) => sum + applied, 0)).toBe(n);
    expect(topics).toEqual([{ topic: 'directory.site', announced: expect.any(Number), applied: expect.any(Number) }]);
    expect(topics[0]!.announced).toBeGreaterThan(0);
  }, { what: 'it to be counted' });
});

it('shows a parked event as it came, with its schema and where it is at fault', async () => {
  const [id, key] = [randomUUID(), randomUUID()];
  const headers = { ce_id: id, ce_type: 'tech.lacollecte.directory.site-changed.v1', ce_version: '1', ce_sequence: '0', ce_time: new Date().toISOString() };
  const value = { ...directory.SiteChanged.example, weeklyCapacity: 'many' };
  await transport.send([{ topic: 'directory.site', key, headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])), value: Buffer.from(JSON.stringify(value)) }]);
  await eventually(async () => expect(await get('parked')).toMatchObject([{ eventId: id, reason: 'schema' }]), { what: 'it to be parked' });
  expect(await get(`parked/event?eventId=${id}`)).toMatchObject({
    topic: 'directory.site', key, reason: 'schema', first: true, held: 0, headers, value: JSON.stringify(value), schema: { type: 'object', properties: { weeklyCapacity: {} } },
    faults: [{ pointer: '/weeklyCapacity', message: expect.stringContaining('number') }],
  });
  await database.sql('delete from parked_event');
  await database.sql('delete from parked_key');
  expect((await service.app.inject({ url: `/api/intake/parked/event?eventId=${id}`, headers: await bearer('ops') })).json()).toMatchObject({ status: 404, code: 'parked-event-unknown' });
});

it('runs a failed job that is put off at once when asked to, audited, and no other', async () => {
  const insert = (error: string | null) => database.sql<{ id: string }>(`insert into job (id, queue, data, due_at, error, enqueued_at) values (gen_random_uuid(), 'intake-notes', '{"id":"x"}', now() + interval '1 day', $1, now()) returning id`, [error]);
  const [[failed], [waiting]] = [await insert('the shelf is full'), await insert(null)];
  const retry = async (id: string) => service.app.inject({ method: 'POST', url: `/api/intake/jobs/${id}/retry`, headers: await bearer('ops') });
  expect((await retry(failed!.id)).statusCode).toBe(204);
  expect(await database.sql('select due_at <= now() as due from job where id = $1', [failed!.id])).toEqual([{ due: true }]);
  expect(await database.sql(`select target from audit where action = 'retry-job'`)).toEqual([{ target: failed!.id }]);
  expect((await retry(waiting!.id)).json()).toMatchObject({ status: 409, code: 'job-not-put-off' });
});

it('groups parked events, and redrives a group or all, each key audited', async () => {
  handling.work = () => Promise.reject(new Error('the shelf is full'));
  const first = await write('poison');
  await eventually(async () => expect(await database.sql('select 1 from parked_key')).toHaveLength(1), { what: 'the first to be parked' });
  await write('poison');
  await eventually(async () => expect(await database.sql('select 1 from parked_key')).toHaveLength(2), { what: 'both to be parked' });
  const group = { reason: 'handler', type: 'tech.lacollecte.directory.site-changed', version: 'v1' };
  expect(await get('parked/groups')).toMatchObject([{ ...group, events: 2, held: 0, error: 'the shelf is full' }]);
  expect(await redrive({ group: { ...group, version: 'v2' } })).toMatchObject({ keys: 0, applied: 0 });
  handling.work = ({ event }) => (event.key === first ? Promise.reject(new Error('still full')) : undefined);
  expect(await redrive({ group })).toEqual({ keys: 2, applied: 1, left: 1, next: null, errors: [{ topic: 'directory.site', key: first, error: 'still full' }] });
  handling.work = () => undefined;
  expect(await redrive({})).toMatchObject({ keys: 1, applied: 1, left: 0, errors: [] });
  expect(await get('parked/groups')).toEqual([]);
  expect(await database.sql(`select action from audit where action = 'redrive'`)).toHaveLength(2);
});

it('streams what flows, and ends by itself', async () => {
  const response = await open(2);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const key = await write('flow');
  const items = [...(await response.text()).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data!) as { key: string; hop: string });
  expect(items.filter((item) => item.key === key)).toEqual(['published', 'applied'].map((hop) => ({ service: 'intake', id: expect.any(String), type: 'tech.lacollecte.directory.site-changed.v1', topic: 'directory.site', key, at: expect.any(String), hop })));
});

it('holds nothing up for who does not read, and lets no more watch than it can bear', async () => {
  const watching = await Promise.all(Array.from({ length: MOST_WATCHERS }, () => open(600)));
  expect(watching.map(({ status }) => status)).toEqual(watching.map(() => 200));
  expect(await (await open(1)).json()).toMatchObject({ code: 'too-many-watchers', status: 503 });
  const row = { id: 'x', type: 'y', topic: 'z', key: 'k'.repeat(200) };
  for (let i = 0; i < 500; i++) service.observer.flow.published(Array.from({ length: 100 }, () => row) as never);
  expect(await write('meanwhile')).toBeDefined();
  await Promise.all(watching.map(({ body }) => body!.cancel()));
  await eventually(async () => expect((await open(1)).status).toBe(200), { what: 'room for another' });
});

it('stops while somebody watches', async () => {
  const response = await open(600);
  const ended = response.text();
  await service.stop();
  expect(await ended).toMatch(/^retry/);
  service = await createService(notes, { database: database.urls, transport, queues: postgresQueues(brokers.urls.superuser), auth: issuer.auth, log: pino({ level: 'silent' }), poolSize: 3 });
});

it('tells of each rule what the last look has found, and that none was had before', async () => {
  const [rule] = notes.invariants;
  const told = { name: rule!.name, says: rule!.says };
  expect(await get('operations/invariants')).toEqual([{ ...told, violations: null, examined: null, checkedAt: null }]);
  const notesThere = (await database.sql<{ n: number }>('select count(*)::int as n from note'))[0]!.n;
  await service.patrol.walk();
  const secrets = (await database.sql<{ n: number }>(`select count(*)::int as n from note where text = 'secret'`))[0]!.n;
  expect(await get('operations/invariants')).toEqual([{ ...told, violations: secrets, examined: notesThere, checkedAt: expect.stringMatching(/Z$/) }]);
});
