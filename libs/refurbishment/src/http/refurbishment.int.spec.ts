import { randomUUID } from 'node:crypto';
import { typesConsumedBy } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp, routesOf } from '@lacollecte/http';
import { createLog, describe as openApi, UnitOfWork } from '@lacollecte/runtime';
import { actor, type TestDatabase, type TestIssuer, testIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { problems } from '../problems.js';
import { refurbishmentService } from '../refurbishment.service.js';
import { announced, coordinator, diagnose, erase, expectConsistent, grade, newLabel, operator, readyDevice, receive, reception, runTest, SITE, workshop } from '../testing/workshop.js';

@Module({})
class TestModule {}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: { readonly code?: string; readonly title?: string; readonly items?: readonly object[]; readonly states?: readonly object[]; readonly evidence?: readonly { readonly id: string }[]; readonly laptop?: readonly object[] };
}

let db: TestDatabase;
let app: NestFastifyApplication;
let issuer: TestIssuer;
beforeAll(async () => {
  db = await workshop();
  issuer = await testIssuer();
  const providers = [{ provide: UnitOfWork, useValue: new UnitOfWork(db.database) }];
  const module = { module: TestModule, controllers: [...refurbishmentService.controllers], providers };
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false, abortOnError: false });
  configureHttp(app, { name: 'refurbishment', auth: issuer.auth, problems: { ...commonProblems, ...refurbishmentService.problems }, log: createLog('error') });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await expectConsistent(db);
  await app.close();
  await db.close();
});

async function call(who: Actor, method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await app.inject({
    method, url: `/api/refurbishment/${path}`, ...(payload ? { payload } : {}),
    headers: { 'idempotency-key': randomUUID(), ...headers, authorization: `Bearer ${await issuer.token(who)}` },
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() as Answer['body'] };
}
const scan = (label: string, step: object, who = operator, headers: Record<string, string> = {}) => call(who, 'POST', `devices/${encodeURIComponent(label)}/steps`, step, headers);

it('from reception to ready', async () => {
  const device = reception();
  await receive(db, device);
  const done = await scan(device.label, { ...diagnose('H1'), occurredAt: '2026-11-02T09:00:00+01:00' });
  expect(done).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { outcome: 'done', state: 'in-workshop', next: 'erasure', checks: { diagnosis: true, erasure: false } } });
  for (const step of [erase('H1'), runTest()]) expect(await scan(device.label, step)).toMatchObject({ status: 200, body: { outcome: 'done' } });
  expect(await scan(device.label, grade({ cosmetic: 1 }))).toMatchObject({ status: 200, body: { state: 'ready', grade: 'PREMIUM', next: null } });
  expect((await announced(db, device.deviceId)).at(-1)).toBe('device-ready');
  expect((await call(operator, 'GET', `devices/${device.label}`)).body).toMatchObject({ state: 'ready', drives: [{ serial: 'H1', status: 'erased' }] });
});

it('the same key again is answered with what was answered', async () => {
  const device = reception();
  await receive(db, device);
  const key = { 'idempotency-key': randomUUID() };
  const first = await scan(device.label, diagnose('H2'), operator, key);
  const again = await scan(device.label, diagnose('H2'), operator, key);
  expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
  expect(await scan(device.label, diagnose('H3'), operator, key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
});

it('refusals say why, in both languages', async () => {
  const elsewhere = randomUUID();
  const [there, done] = [reception({ siteId: elsewhere }), await readyDevice(db)];
  await receive(db, there);
  expect(await scan(there.label, diagnose())).toMatchObject({ status: 409, body: { code: 'device-elsewhere', params: { siteId: elsewhere } } });
  expect(await scan(newLabel(), diagnose())).toMatchObject({ status: 409, headers: { 'retry-after': expect.any(String) }, body: { code: 'not-here-yet' } });
  expect(await scan('LC-7K3M-9AQT', diagnose())).toMatchObject({ status: 404, body: { code: 'device-unknown' } });
  const refused = await scan(done.label, { step: 'start-repair' }, operator, { 'accept-language': 'en' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'step-refused', params: { lastStep: 'grade', by: operator.subject } } });
  expect(refused.body.title).toMatch(/its last step is “grade”, on \d+ \w+ \d{4}/);
  expect((await scan(done.label, { step: 'start-repair' })).body.title).toContain('ne convient plus');
  expect(await scan(done.label, { step: 'polish' })).toMatchObject({ status: 400, body: { code: 'validation' } });
  expect(await scan(done.label, { step: 'recall', reason: 'battery swells' })).toMatchObject({ status: 400 });
  expect(await scan(done.label, { step: 'recall', reason: 'unsafe', note: 'comme neuf' })).toMatchObject({ status: 400 });
});

it('a list of scans: each is answered on its own, a malformed one too', async () => {
  const [a, b] = [reception(), reception()];
  await receive(db, a, b);
  const unknown = newLabel();
  const answer = await call(operator, 'POST', 'scans', {
    scans: [{ label: a.label, ...diagnose('H4') }, { label: b.label, step: 'block', reason: 'no such reason' }, { label: unknown, ...diagnose() }, { label: a.label, ...diagnose('H4') }, { label: a.label, ...erase('H9') }],
  });
  expect(answer).toMatchObject({ status: 200, body: { done: 1, repeated: 1, review: 1, refused: 2 } });
  expect(answer.body.items).toMatchObject([
    { label: a.label, outcome: 'done', device: { version: 2 }, problem: null },
    { label: b.label, outcome: 'refused', device: null, problem: { code: 'scan-malformed', errors: [{ pointer: '/reason' }] } },
    { label: unknown, outcome: 'refused', problem: { code: 'not-here-yet', title: { fr: expect.stringContaining(unknown), en: expect.stringContaining(unknown) } } },
    { label: a.label, outcome: 'repeated' },
    { label: a.label, outcome: 'review', evidenceId: expect.any(String) },
  ]);
});

it('a list of labels is advanced together', async () => {
  const devices = [reception({ category: 'monitor' }), reception({ category: 'monitor' }), reception({ category: 'monitor' })];
  await receive(db, ...devices);
  const labels = devices.map(({ label }) => label);
  const advance = (content: object) => call(operator, 'POST', 'advances', { labels, content });
  const results = { 'powers-on': { verdict: 'works' }, picture: { verdict: 'works' }, cable: { verdict: 'works' } };
  expect((await advance({ check: 'diagnosis' })).body).toMatchObject({ done: 3, items: [{ device: { next: 'test' } }, {}, {}] });
  expect((await advance({ check: 'grade' })).body).toMatchObject({ refused: 3, items: [{ problem: { code: 'not-the-next-check' } }, {}, {}] });
  expect((await advance({ check: 'test', results })).body).toMatchObject({ done: 3 });
  expect((await advance({ check: 'grade' })).body).toMatchObject({ done: 3, items: [{ device: { state: 'ready', grade: 'B' } }, {}, {}] });
  expect((await advance({ check: 'test', results })).body).toMatchObject({ repeated: 3 });
  expect(await advance({ check: 'erasure' })).toMatchObject({ status: 400 });
});

it('edits of the sheet need the version that was shown', async () => {
  const device = reception();
  await receive(db, device);
  const patch = (headers: Record<string, string>) => call(operator, 'PATCH', `devices/${device.deviceId}`, { model: 'Latitude 5500' }, headers);
  expect((await patch({})).status).toBe(428);
  expect(await patch({ 'if-match': '"1"' })).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { model: 'Latitude 5500' } });
  expect((await patch({ 'if-match': '"1"' })).status).toBe(412);
});

it('evidence: reported, shown in the queue, contested', async () => {
  const { step: _, ...evidence } = erase('H7');
  expect(await call(actor('service'), 'POST', 'evidence', { evidence: [evidence] })).toMatchObject({ status: 200, body: { items: [{ state: 'waiting', reason: 'drive-unknown' }] } });
  expect((await call(operator, 'GET', 'evidence?limit=200')).body.items).toContainEqual(expect.objectContaining({ serial: 'H7' }));
  const device = await readyDevice(db);
  const sheet = await call(operator, 'GET', `devices/${device.label}`);
  const contest = (who: Actor) => call(who, 'POST', `evidence/${sheet.body.evidence?.[0]?.id}/contest`, { reason: 'wrong disk' });
  expect((await contest(operator)).status).toBe(403);
  expect(await contest(coordinator)).toMatchObject({ status: 200, body: { devices: [{ state: 'recalled' }] } });
});

it('lists, benches, counts, rules and checklists', async () => {
  expect((await call(operator, 'GET', `devices?siteId=${SITE}&limit=2`)).body).toMatchObject({ items: [{}, {}], next: expect.any(String) });
  expect((await call(operator, 'GET', `sites/${SITE}/benches/erasure`)).body.items).toEqual(expect.any(Array));
  expect((await call(operator, 'GET', `counts?siteId=${SITE}`)).body.states).not.toHaveLength(0);
  const rules = await call(operator, 'GET', 'rule-sets');
  expect((rules.body as unknown as { id: string }[]).map(({ id }) => id).sort()).toEqual(['others-2026', 'pc-2026', 'phone-2023']);
  const set = { ...(rules.body as unknown as Record<string, object>[]).find(({ id }) => id as unknown === 'others-2026'), id: 'others-2027', validFrom: '2027-01-01' };
  expect((await call(operator, 'POST', 'rule-sets', set)).status).toBe(403);
  expect((await call(actor('admin'), 'POST', 'rule-sets', set)).status).toBe(201);
  expect((await call(actor('admin'), 'POST', 'rule-sets', { ...set, id: 'bad', scheme: { inputs: {}, terms: [{ kind: 'value', input: 'x' }], bands: [], top: 'A', caps: [] } })).status).toBe(400);
  expect((await call(operator, 'GET', 'checklists')).body.laptop?.[0]).toMatchObject({ code: 'starts' });
});

it('donors see their own devices only, and nothing for staff', async () => {
  const donorId = randomUUID();
  const [donor, stranger] = [actor('donor', { organisationId: donorId }), actor('donor', { organisationId: randomUUID() })];
  const device = await readyDevice(db, { donorId });
  expect((await call(donor, 'GET', 'own-devices')).body.items).toMatchObject([{ id: device.deviceId, state: 'ready', dataErased: true }]);
  expect((await call(stranger, 'GET', `own-devices/${device.deviceId}`)).status).toBe(404);
  for (const path of ['devices', `devices/${device.label}`, 'evidence', 'counts', 'rule-sets']) expect((await call(donor, 'GET', path)).status).toBe(403);
  expect((await scan(device.label, { step: 'recall', reason: 'unsafe' }, donor)).status).toBe(403);
});

it('every route says who may call it, the description can be made, and each problem thrown is known', () => {
  const routes = routesOf(refurbishmentService.controllers);
  expect(routes.length).toBeGreaterThan(15);
  for (const route of routes) expect(route.spec?.roles).toBeDefined();
  expect(Object.keys((openApi(refurbishmentService) as { paths: object }).paths)).toContain('/api/refurbishment/scans');
  for (const { fr, en } of Object.values(problems)) {
    const params = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(params(fr)).toEqual(params(en));
    expect(fr + en).not.toMatch(/comme neuf|état neuf/i);
  }
});

it('handles what the contract says it consumes', () => {
  const handled = refurbishmentService.consumers.flatMap((consumer) =>
    Object.getOwnPropertyNames(consumer.prototype).flatMap((name) => (Reflect.getMetadata('microservices:pattern', (consumer.prototype as Record<string, object>)[name]!) as string[] | undefined) ?? []),
  );
  expect(handled.sort()).toEqual(typesConsumedBy('refurbishment').sort());
});

describe('scans that come late', () => {
  const late = (siteId: string | null, scans: readonly object[], headers: Record<string, string> = {}, who = operator) => call(who, 'POST', 'scans', { scans, taskSiteId: siteId }, headers);
  const tasks = async (siteId: string, who = operator) => (await call(who, 'GET', `sites/${siteId}/tasks`)).body.items as readonly { id: string; label: string; step: string; occurredAt: string; problem: { code: string } }[];
  const at = '2026-11-02T08:00:00.000Z';

  it('leave a task of the site where they are refused, once, and none where they are done', async () => {
    const siteId = randomUUID();
    const here = actor('operator', { siteIds: [siteId] });
    const device = reception({ siteId });
    await receive(db, device);
    const key = { 'idempotency-key': randomUUID() };
    const scans = [{ label: device.label, occurredAt: at, ...diagnose('L1') }, { label: device.label, occurredAt: at, step: 'finish-repair' }, { label: 'LC-GONE', occurredAt: 'yesterday', step: 'dance' }];
    const first = await late(siteId, scans, key, here);
    expect(first.body).toMatchObject({ done: 1, refused: 2, items: [{ taskId: null }, { taskId: expect.any(String) }, { taskId: expect.any(String) }] });
    expect((await late(siteId, scans, key, here)).body).toEqual(first.body);
    const open = await tasks(siteId, here);
    expect(open).toMatchObject([
      { label: device.label, step: 'finish-repair', occurredAt: at, problem: { code: 'step-refused' } }, { label: 'LC-GONE', step: 'dance', occurredAt: null, problem: { code: 'scan-malformed' } },
    ]);
    for (const again of [1, 2]) expect([again, (await app.inject({ method: 'POST', url: `/api/refurbishment/tasks/${open[0]!.id}/end`, headers: { 'idempotency-key': randomUUID(), authorization: `Bearer ${await issuer.token(here)}` } })).statusCode]).toEqual([again, 204]);
    expect((await tasks(siteId, here)).map(({ label }) => label)).toEqual(['LC-GONE']);
  });

  it('leave none where nobody asks for it', async () => {
    const before = await tasks(SITE);
    expect((await late(null, [{ label: 'LC-GONE', step: 'unblock' }])).body).toMatchObject({ refused: 1, items: [{ taskId: null }] });
    expect(await tasks(SITE)).toEqual(before);
  });

  it('are the business of their site alone', async () => {
    const elsewhere = randomUUID();
    expect(await late(elsewhere, [{ label: 'LC-GONE', step: 'unblock' }])).toMatchObject({ status: 403, body: { code: 'site-not-yours' } });
    expect(await call(operator, 'GET', `sites/${elsewhere}/tasks`)).toMatchObject({ status: 403 });
    await late(elsewhere, [{ label: 'LC-GONE', step: 'unblock' }], {}, coordinator);
    const [task] = await tasks(elsewhere, coordinator);
    expect(await call(operator, 'POST', `tasks/${task!.id}/end`, {})).toMatchObject({ status: 403 });
    expect(await call(coordinator, 'POST', `tasks/${randomUUID()}/end`, {})).toMatchObject({ status: 404 });
  });
});
