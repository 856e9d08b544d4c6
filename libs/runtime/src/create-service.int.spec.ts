import { randomUUID } from 'node:crypto';
import { directory, type EventData, type Role } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { append, EmbeddedTransport, type EventContext, migrateQueues, postgresQueues, TOPIC_SPECS, TransportTables1700000000001 } from '@lacollecte/messaging';
import { actor, createTestDatabase, eventually, type TestDatabase, testIssuer } from '@lacollecte/testing';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { pino } from 'pino';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import { forgetAnswers } from './platform/forget-answers.js';
import { createService, PLATFORM_MIGRATIONS, type RunningService, type ServiceDefinition, setting, UnitOfWork } from './index.js';

type Site = EventData<typeof directory.SiteChanged>;
type Organisation = EventData<typeof directory.OrganisationChanged>;

class Tables1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table note (id uuid primary key, version int not null, state text not null, text text not null)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note');
  }
}

const noteSpec = spec({ summary: 'Write a note', roles: ['donor'], body: z.object({ text: z.string().max(20) }) });
let failures: Error[] = [];

@Controller('notes')
class NotesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', '', noteSpec)
  write(@Input() { body }: InputOf<typeof noteSpec>) {
    return this.uow.run(async (tx) => {
      const id = randomUUID();
      await tx.execute(`insert into note (id, version, state, text) values ($1, 1, 'written', $2)`, [id, body.text]);
      append(tx, directory.SiteChanged, { key: id, version: 1 }, { ...directory.SiteChanged.example, siteId: id });
      return { id, version: 1 };
    });
  }
}

const DONOR = actor(['donor'], { subject: 'a-donor' });
const heard: string[] = [];

@Controller()
class Consumer {
  @EventPattern<string>(directory.SiteRegistered.type)
  siteRegistered(): void {}

  @EventPattern<string>(directory.SiteChanged.type)
  changed(@Payload() site: Site, @Ctx() { event }: EventContext): void {
    const failure = failures.shift();
    if (failure) throw failure;
    heard.push(`${event.type.split('.')[3]} ${site.siteId}`);
  }
}

/** Handlers that intake must have and that this test does not look at. */
@Controller()
class Rest {
  @EventPattern<string>(directory.OrganisationRegistered.type)
  registered(): void {}
  @EventPattern<string>(directory.OrganisationApproved.type)
  approved(@Payload() _: Organisation): void {}
  @EventPattern<string>(directory.OrganisationDeclined.type)
  declined(): void {}
  @EventPattern<string>(directory.OrganisationChanged.type)
  changed(): void {}
  @EventPattern<string>('tech.lacollecte.refurbishment.device-recycled.v1')
  recycled(): void {}
  @EventPattern<string>('tech.lacollecte.refurbishment.device-delivered.v1')
  delivered(): void {}
  @EventPattern<string>('tech.lacollecte.refurbishment.device-returned-to-donor.v1')
  returned(): void {}
  @EventPattern<string>('tech.lacollecte.refurbishment.device-lost.v1')
  lost(): void {}
  @EventPattern<string>('tech.lacollecte.refurbishment.device-came-back.v1')
  back(): void {}
}

const definition: ServiceDefinition = {
  name: 'intake',
  controllers: [NotesController],
  consumers: [Consumer, Rest],
  migrations: [Tables1700000000009],
  aggregates: [],
  projections: [],
  parts: ['note'],
  invariants: [],
  jobs: [],
  sweeps: [{ name: 'test-sweep', everySeconds: 1, run: async (tx) => tx.execute(`update note set state = 'swept' where state = 'written' and text = 'sweep me'`) }],
  problems: {},
  settings: { days: setting(z.int().min(1), 7, 'days') },
};

describe('a service', () => {
  let database: TestDatabase;
  let log: TestDatabase;
  let transport: EmbeddedTransport;
  let service: RunningService;
  let issuer: Awaited<ReturnType<typeof testIssuer>>;

  const start = (): Promise<RunningService> =>
    createService(definition, { database: database.urls, transport, queues: postgresQueues(log.urls.superuser), auth: issuer.auth, log: pino({ level: 'silent' }), poolSize: 3 });

  beforeAll(async () => {
    database = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, Tables1700000000009]);
    log = await createTestDatabase('matching', [TransportTables1700000000001]);
    await migrateQueues(log.urls.superuser);
    issuer = await testIssuer();
    transport = new EmbeddedTransport(log.urls.worker);
    await transport.ensureTopics(TOPIC_SPECS);
    service = await start();
  });
  afterAll(async () => {
    await service.stop();
    await transport.close();
    await database.close();
    await log.close();
  });

  const post = async (text: string, key = randomUUID()) =>
    service.app.inject({
      method: 'POST', url: '/api/intake/notes', headers: { authorization: `Bearer ${await issuer.token(DONOR)}`, 'idempotency-key': key }, payload: { text },
    });

  it('carries a fact from a request over outbox, relay and transport to a handler', async () => {
    const response = await post('hello');
    expect(response.statusCode).toBe(201);
    expect(response.headers.etag).toBe('"1"');
    const { id } = response.json<{ id: string }>();
    await eventually(() => expect(heard).toContain(`site-changed ${id}`), { what: 'the handler to be called' });
  });

  it('tries again what a handler fails with for now, and parks what it fails with for good under its own message', async () => {
    failures = [Object.assign(new Error('deadlock detected'), { code: '40P01' })];
    const { id } = (await post('again')).json<{ id: string }>();
    await eventually(() => expect(heard).toContain(`site-changed ${id}`), { what: 'the second try' });
    expect(await database.sql('select 1 from parked_event')).toEqual([]);

    failures = [new Error('the shelf is full'), new Error('the shelf is full')];
    const poisoned = (await post('poison')).json<{ id: string }>();
    await eventually(async () => expect(await database.sql('select key, error from parked_event')).toEqual([{ key: poisoned.id, error: 'the shelf is full' }]), { what: 'the event to be parked' });
    const ops = { authorization: `Bearer ${await issuer.token(actor(['ops']))}` };
    const parked = await service.app.inject({ url: '/api/intake/parked', headers: ops });
    expect(parked.json<object[]>()).toMatchObject([{ key: poisoned.id, reason: 'handler', held: 0 }]);
    expect((await service.app.inject({ url: '/api/intake/health' })).json()).toMatchObject({ status: 'degraded', parkedKeys: 1 });
    failures = [];
    const redriven = await service.app.inject({ method: 'POST', url: '/api/intake/parked/redrive', headers: ops, payload: { topic: 'directory.site', key: poisoned.id } });
    expect(redriven.json()).toEqual({ applied: 1, left: 0, error: null });
    expect(heard).toContain(`site-changed ${poisoned.id}`);
  });

  it('answers a repeated command as before, without a second effect', async () => {
    const key = randomUUID();
    const [first, second] = await Promise.all([post('once', key), post('once', key)]);
    expect(second.json()).toEqual(first.json());
    expect(await database.sql(`select count(*)::int as n from note where text = 'once'`)).toEqual([{ n: 1 }]);
    const other = await post('twice', key);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('shows operations the jobs that failed, and counts those given up of late', async () => {
    const state = () => service.app.inject({ url: '/api/intake/health' }).then((answer) => answer.json<{ status: string; failedJobs: number }>());
    const keep = async (attempt: number, error: string | null, doneAt: string | null) =>
      (await database.sql<{ id: string }>(`insert into job (id, queue, data, due_at, attempt, error, done_at, enqueued_at) values ($1, 'intake-x', '{"of":1}', now(), $2, $3, now() - $4::interval, now()) returning id`, [randomUUID(), attempt, error, doneAt]))[0]!.id;
    await keep(0, null, null);
    await keep(0, null, '1 hour');
    const old = await keep(5, 'long ago', '25 hours');
    const again = await keep(2, 'a defect', null);
    expect(await state()).toMatchObject({ status: 'ready', failedJobs: 0 });
    const late = await keep(5, 'a defect', '1 hour');
    expect(await state()).toMatchObject({ status: 'degraded', failedJobs: 1 });
    const list = async (role: Role) => service.app.inject({ url: '/api/intake/jobs/failed', headers: { authorization: `Bearer ${await issuer.token(actor([role]))}` } });
    expect((await list('donor')).statusCode).toBe(403);
    const failed = (await list('ops')).json<{ id: string }[]>();
    expect(failed.map((job) => job.id)).toEqual([again, late, old]);
    expect(failed.slice(0, 2)).toMatchObject([
      { queue: 'intake-x', data: { of: 1 }, error: 'a defect', failures: 2, dueAt: expect.any(String), givenUpAt: null },
      { failures: 5, dueAt: null, givenUpAt: expect.any(String) },
    ]);
    await database.sql('delete from job');
  });

  it('runs its sweeps', async () => {
    await post('sweep me');
    await eventually(async () => expect(await database.sql(`select state from note where text = 'sweep me'`)).toEqual([{ state: 'swept' }]), { what: 'the sweep' });
  });

  it('forgets what it answered after 30 days, and not before', async () => {
    const keep = (key: string, age: string) =>
      database.sql(`insert into idempotency_key (subject, method, route, key, body_hash, created_at) values ('s', 'POST', '/', $1, 'h', now() - $2::interval)`, [key, age]);
    await keep('old', '30 days 1 hour');
    await keep('young', '29 days 23 hours');
    expect(await database.worker((tx) => forgetAnswers.run(tx))).toBe(1);
    expect(await database.worker((tx) => forgetAnswers.run(tx))).toBe(0);
    expect(await database.sql(`select key from idempotency_key where subject = 's'`)).toEqual([{ key: 'young' }]);
  });

  it('lets an admin change a figure, once per version', async () => {
    const headers = { authorization: `Bearer ${await issuer.token(actor(['admin']))}`, 'if-match': '"0"' };
    const change = () => service.app.inject({ method: 'PUT', url: '/api/intake/settings/days', headers, payload: { value: 3 } });
    expect((await change()).json()).toMatchObject({ name: 'days', value: 3, version: 1 });
    expect((await change()).statusCode).toBe(412);
    const refused = await service.app.inject({ method: 'PUT', url: '/api/intake/settings/days', headers: { ...headers, 'if-match': '"1"' }, payload: { value: 0 } });
    expect(refused.json()).toMatchObject({ code: 'setting-invalid', status: 400, errors: [{ pointer: '/value' }] });
    const list = await service.app.inject({ method: 'GET', url: '/api/intake/settings', headers });
    expect(list.json()).toEqual([expect.objectContaining({ name: 'days', value: 3, version: 1, minimum: expect.any(Number), whole: true, changedAt: expect.any(String), changedBy: expect.any(String) })]);
    const changes = (name: string) => service.app.inject({ method: 'GET', url: `/api/intake/settings/${name}/changes`, headers });
    expect((await changes('days')).json()).toEqual([{ at: list.json()[0].changedAt, by: list.json()[0].changedBy, value: 3 }]);
    expect((await changes('toString')).json()).toMatchObject({ code: 'setting-unknown' });
  });

  it('describes itself', async () => {
    const document = (await service.app.inject({ url: '/api/intake/openapi.json' })).json<{ openapi: string; paths: object }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/intake/notes', '/api/intake/health', '/api/intake/parked']));
  });

  it('refuses to start where a handler is missing', async () => {
    await expect(createService({ ...definition, consumers: [Consumer] }, { database: database.urls, transport, queues: postgresQueues(log.urls.superuser), auth: issuer.auth, log: pino({ level: 'silent' }) })).rejects.toThrow(/intake: no handler for \[/);
  });

  it('stops and starts again without losing what was committed meanwhile', async () => {
    await service.stop();
    const id = randomUUID();
    // As a process would that died before its relay published.
    await database.worker(async (tx) => append(tx, directory.SiteChanged, { key: id, version: 1 }, { ...directory.SiteChanged.example, siteId: id }));
    service = await start();
    await eventually(() => expect(heard).toContain(`site-changed ${id}`), { what: 'what was announced while it was down' });
  });
});
