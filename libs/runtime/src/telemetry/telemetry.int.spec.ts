import { randomUUID } from 'node:crypto';
import { refurbishment } from '@lacollecte/contracts';
import { EmbeddedTransport, migrateQueues, PLATFORM_MIGRATIONS, postgresQueues, TOPIC_SPECS, TransportTables1700000000001 } from '@lacollecte/messaging';
import { actor, createTestDatabase, eventually, type TestDatabase, testIssuer } from '@lacollecte/testing';
import { pino } from 'pino';
import { createService, type RunningService } from '../create-service.js';
import { handling, notes, NoteTables1700000000009 } from '../testing/notes.js';
import { inspect, type Inspection } from './inspect.js';
import { METRICS, prometheusName } from './metric-table.js';
import { Patrol } from './patrol.js';
import { Probes } from './probes.js';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let brokers: TestDatabase;
let transport: EmbeddedTransport;
let service: RunningService;
let inspection: Inspection;
let issuer: Awaited<ReturnType<typeof testIssuer>>;

beforeAll(async () => {
  database = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, NoteTables1700000000009]);
  brokers = await createTestDatabase('matching', [TransportTables1700000000001]);
  await migrateQueues(brokers.urls.superuser);
  issuer = await testIssuer();
  transport = new EmbeddedTransport(brokers.urls.worker);
  await transport.ensureTopics(TOPIC_SPECS);
  service = await createService(notes, { database: database.urls, transport, queues: postgresQueues(brokers.urls.superuser), auth: issuer.auth, log, poolSize: 3 });
  // Rows are counted by state once a minute.
  await applied(await post('first'));
  inspection = await inspect(service, { host: '127.0.0.1', port: 0, system: 'postgresql' });
});
afterAll(async () => {
  await service.stop();
  await inspection.close();
  await transport.close();
  await database.close();
  await brokers.close();
});
beforeEach(() => (handling.work = () => undefined));

const post = async (text: string): Promise<string> => {
  const headers = { authorization: `Bearer ${await issuer.token(actor('donor'))}`, 'idempotency-key': randomUUID() };
  const response = await service.app.inject({ method: 'POST', url: '/api/intake/notes', headers, payload: { text } });
  expect(response.statusCode).toBe(201);
  return response.json<{ id: string }>().id;
};
/** Every handler waits until what this gives is called. */
const hold = (): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  handling.work = () => promise;
  return resolve;
};
const look = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`http://127.0.0.1:${inspection.port}/${path}`);
  return { status: response.status, text: await response.text() };
};
/** The sum of what a metric says, of those lines that have all of these parts. */
const value = async (name: string, ...parts: string[]): Promise<number> => {
  const { text } = await look('metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && parts.every((part) => line.includes(part)));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};
const applied = (id: string): Promise<unknown> => eventually(async () => expect(await database.sql('select 1 from inbox where key = $1', [id])).toHaveLength(1), { what: 'the event to be applied' });

describe('metrics', () => {
  it('count what was published and applied, with its latency by type and hop, once for each event', async () => {
    const before = await value('messaging_client_sent_messages_total');
    const latencies = await value('lacollecte_event_latency_seconds_count', 'hop="published"');
    await applied(await post('hello'));
    await eventually(async () => expect(await value('lacollecte_event_latency_seconds_count', 'hop="applied"', 'site-changed')).toBeGreaterThan(0), { what: 'the latency' });
    expect(await value('messaging_client_sent_messages_total', 'messaging_destination_name="directory.site"', 'messaging_system="postgresql"', 'service_name="intake"')).toBe(before + 1);
    expect(await value('lacollecte_event_latency_seconds_count', 'hop="published"')).toBe(latencies + 1);
    expect(await value('lacollecte_consumer_running')).toBe(1);
  });

  it('count a delivery of what is known', async () => {
    const id = await post('twice');
    await applied(id);
    await eventually(async () => expect(await database.sql('select 1 from outbox_pending')).toEqual([]), { what: 'it to be marked' });
    const before = await value('lacollecte_duplicates_total');
    await database.sql('insert into outbox_pending (position) select position from outbox where key = $1', [id]);
    await eventually(async () => expect(await value('lacollecte_duplicates_total')).toBe(before + 1), { what: 'the duplicate' });
  });

  it('say what is parked, and how old it is; redriven it is gone', async () => {
    handling.work = () => Promise.reject(new Error('the shelf is full'));
    const id = await post('poison');
    await eventually(async () => expect(await value('lacollecte_parked_events', 'reason="handler"')).toBe(1), { what: 'the parked event' });
    await database.sql(`update parked_event set parked_at = now() - interval '1 hour'`);
    expect(await value('lacollecte_parked_oldest_age_seconds')).toBeGreaterThanOrEqual(3600);
    expect(await value('lacollecte_parkings_total', 'reason="handler"')).toBe(1);
    handling.work = () => undefined;
    await service.state.parking.redrive(actor('ops'), { topic: 'directory.site', key: id });
    expect(await value('lacollecte_parked_events')).toBe(0);
  });

  it('say what waits in the outbox and in a topic while its consumer does not come on', async () => {
    const release = hold();
    const first = await post('one');
    await post('two');
    await eventually(async () => expect(await value('lacollecte_consumer_lag', 'topic="directory.site"')).toBe(2), { what: 'both to wait' });
    expect(await value('lacollecte_outbox_pending')).toBe(0);
    expect(await value('lacollecte_consumer_lag_age_seconds', 'topic="directory.site"')).toBeGreaterThan(0);
    handling.work = () => undefined;
    release();
    await applied(first);
    await eventually(async () => expect(await value('lacollecte_consumer_lag')).toBe(0), { what: 'all to be read' });
    await database.sql('insert into outbox_pending (position, parked_reason) select position, $2 from outbox where key = $1', [first, 'too large']);
    expect(await value('lacollecte_outbox_parked')).toBe(1);
    await database.sql('delete from outbox_pending where parked_reason is not null');
  });

  it('have every name that the table has, and no other', async () => {
    await post('job');
    await eventually(async () => expect(await value('lacollecte_job_runs_total', 'outcome="ended"')).toBeGreaterThan(0), { what: 'the job' });
    await database.sql(`insert into job (id, queue, data, due_at) values (gen_random_uuid(), 'intake-notes', '{}', now() + interval '1 day')`);
    const event = { type: refurbishment.DeviceRecalled.type, occurredAt: new Date(), data: refurbishment.DeviceRecalled.example };
    service.observer.recorder!.applied({ topic: 'refurbishment.device', delivered: 1, duplicates: 0, events: [event as never], seconds: 1 });
    service.observer.jobGivenUp('intake-notes');
    service.observer.recorder!.illegal('directory.site', 1);
    await eventually(async () => expect((await look('metrics')).text).toMatch('lacollecte_invariant_violations'), { what: 'the first check' });
    const { text } = await look('metrics');
    const exposed = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!);
    expect(exposed.sort()).toEqual(Object.values(METRICS).map(prometheusName).sort());
  });
});

describe('the check in service', () => {
  it('finds a broken rule, and a change of state that the state machine does not have, once', async () => {
    const id = await post('secret');
    const illegal: number[] = [];
    const patrol = new Patrol(notes, database.database.worker, log, (_, n) => illegal.push(n));
    await patrol.walk();
    expect(patrol.readings()).toMatchObject([{ metric: 'violations', value: 1, attributes: { rule: 'no-secrets' } }, { metric: 'checkAge' }]);
    expect(patrol.rules()).toEqual([{ name: 'no-secrets', says: notes.invariants[0]!.says, violations: 1, examined: expect.any(Number), checkedAt: expect.any(Date) }]);
    for (const [version, state] of [[2, 'open'], [3, 'closed'], [4, 'open'], [5, 'closed']] as const) {
      await database.sql(
        `insert into outbox (id, topic, key, version, n, type, occurred_at, data) values (gen_random_uuid(), 'directory.site', $1, $2, 0, 'x', now() - interval '3 minutes', $3)`,
        [id, version, JSON.stringify({ state })],
      );
    }
    await patrol.walk();
    await patrol.walk();
    expect(illegal).toEqual([1]);
    await database.sql('delete from note where id = $1', [id]);
    await patrol.walk();
    expect(patrol.readings()[0]).toMatchObject({ metric: 'violations', value: 0 });
  });
});

describe('readiness', () => {
  it('is given while database and transport answer, the tables are there and the clocks agree', async () => {
    expect(await look('ready')).toEqual({ status: 200, text: '{"ok":true,"reasons":[]}' });
  });

  it.each([[61, false], [-61, false], [59, true]])('with a clock %s s from the database’s: %s', async (seconds, ready) => {
    const reasons = await new Probes(service.probes.subject, 60, () => Date.now() + seconds * 1000).ready();
    expect(reasons).toEqual(ready ? [] : [`this clock and the database's differ by ${seconds} s`]);
  });

  it('is refused by a database that lacks a migration', async () => {
    await database.sql(`update migration set name = 'Other' where name = 'NoteTables1700000000009'`);
    expect(await new Probes(service.probes.subject).ready()).toEqual(['the database lacks the migrations NoteTables1700000000009']);
    await database.sql(`update migration set name = 'NoteTables1700000000009' where name = 'Other'`);
  });

  it('is refused while the transport is away, and life is not: starting again would not bring it back', async () => {
    const away = new EmbeddedTransport('postgres://nobody@127.0.0.1:1/nothing');
    const probes = new Probes({ ...service.probes.subject, transport: away });
    expect(await probes.ready()).toEqual([expect.stringContaining('the transport does not answer')]);
    expect(await probes.live()).toEqual([]);
    await away.close();
  });
});

describe('life', () => {
  it('is denied to a consumer that has something to read and does not come on, and given back when it does', async () => {
    let now = Date.now();
    const probes = new Probes(service.probes.subject, 60, () => now);
    const release = hold();
    const id = await post('stuck');
    await eventually(async () => expect(await value('lacollecte_consumer_lag', 'topic="directory.site"')).toBe(1), { what: 'it to wait' });
    expect(await probes.live()).toEqual([]);
    now += 59_000;
    expect(await probes.live()).toEqual([]);
    now += 2_000;
    expect(await probes.live()).toEqual([expect.stringMatching(/^directory\.site\/\d+ has waited at offset \d+ of \d+ for 6\d s$/)]);
    release();
    await applied(id);
    await eventually(async () => expect(await probes.live()).toEqual([]), { what: 'life to be given back' });
  });

  it('is denied where the consumer has stopped by itself, and so is readiness', async () => {
    expect((await look('live')).status).toBe(200);
    handling.work = () => Promise.reject(new Error('a bug of ours'));
    for (let i = 0; i < 21; i++) await post('poison');
    await eventually(async () => expect((await look('live')).status).toBe(503), { what: 'life to be denied' });
    expect((await look('live')).text).toMatch('the consumer has stopped: 21 keys parked within a minute');
    expect(await look('ready')).toMatchObject({ status: 503 });
    expect(await value('lacollecte_consumer_running')).toBe(0);
  });
});
