import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp, fastifyAdapter } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { actor, testIssuer, type TestIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problems } from '../problems.js';
import { Intake, laptops } from '../testing/manifests.js';
import { ManifestsController } from './manifests.controller.js';
import { listManifestsSpec, listRefusalsSpec, ManifestView } from './manifests.schemas.js';

@Module({})
class ManifestsModule {}

let intake: Intake;
let issuer: TestIssuer;
let app: NestFastifyApplication;
beforeAll(async () => {
  intake = await Intake.open();
  issuer = await testIssuer();
  const module = { module: ManifestsModule, controllers: [ManifestsController], providers: [{ provide: UnitOfWork, useValue: intake.uow }] };
  app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(), { logger: false });
  configureHttp(app, { name: 'intake', auth: issuer.auth, problems: { ...commonProblems, ...problems }, log: { error: (fields) => failures.push(fields) } });
  await app.listen(0, '127.0.0.1');
});
const failures: object[] = [];
afterAll(async () => {
  await app.close();
  await intake.db.close();
});
afterEach(expectNoFailure);

/** Nothing was answered with a defect of ours. */
function expectNoFailure(): void {
  expect(failures.splice(0)).toEqual([]);
}

type Content = string | Uint8Array | ReadableStream;
interface Sent { who?: Actor; body?: Content | object; version?: number; key?: string; type?: string }

async function send(method: string, path: string, { who = intake.donor, body, version, key = randomUUID(), type }: Sent = {}) {
  const json = typeof body === 'object' && !(body instanceof Uint8Array) && !(body instanceof ReadableStream);
  const response = await fetch(`http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}/api/intake/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await issuer.token(who)}`,
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(body === undefined ? {} : { 'content-type': type ?? (json ? 'application/json' : 'text/csv') }),
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as Buffer) }),
    ...({ duplex: 'half' } as object),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : undefined) as Record<string, never> & { id: string; version: number; items: unknown[]; next: string } };
}

const upload = (lotId: string, body: Content, sent: Sent = {}) => send('POST', `lots/${lotId}/manifests?filename=parc.csv`, { body, ...sent });

test('from the upload over preview, refusals, correction and confirmation to the lines, each answer as it is declared', async () => {
  const lotId = await intake.lot();
  const content = `${laptops(3)}machine à café;x;=HYPERLINK("http://x");Z1\ngrille-pain;x;y;Z2\nlaptop;x;y;sn-0\n`;
  const uploaded = await upload(lotId, content);
  expect(uploaded.status).toBe(201);
  expect(uploaded.headers.get('etag')).toBe('"1"');
  await intake.read();
  const { id } = uploaded.body;
  const shown = await send('GET', `manifests/${id}`);
  expect(ManifestView.parse(shown.body)).toMatchObject({
    state: 'previewed', filename: 'parc.csv', rows: 6, accepted: 3, refused: 3, devices: 3, read: 6, problem: null,
    columns: [{ header: 'category', field: 'category' }, { header: 'maker', field: 'maker' }, { header: 'model', field: 'model' }, { header: 'serial', field: 'serial' }],
    sample: [{ line: 2, serial: 'SN-0' }, { line: 3, serial: 'SN-1' }, { line: 4, serial: 'SN-2' }],
  });
  expect(listManifestsSpec.returns.parse((await send('GET', `lots/${lotId}/manifests`)).body).items).toHaveLength(1);

  const first = await send('GET', `manifests/${id}/refusals?limit=2`);
  const second = await send('GET', `manifests/${id}/refusals?limit=2&after=${first.body.next}`);
  expect([...listRefusalsSpec.returns.parse(first.body).items, ...listRefusalsSpec.returns.parse(second.body).items]).toEqual([
    { line: 5, column: 'category', value: 'machine à café', code: 'unknown-category', reason: { fr: 'catégorie inconnue', en: 'unknown category' }, values: { category: 'machine à café', maker: 'x', model: '=HYPERLINK("http://x")', serial: 'Z1' } },
    { line: 6, column: 'category', value: 'grille-pain', code: 'unknown-category', reason: { fr: 'catégorie inconnue', en: 'unknown category' }, values: { category: 'grille-pain', maker: 'x', model: 'y', serial: 'Z2' } },
    { line: 7, column: 'serial', value: 'SN-0', code: 'serial-twice', reason: { fr: 'numéro de série déjà donné plus haut', en: 'serial given before' }, values: { category: 'laptop', maker: 'x', model: 'y', serial: 'SN-0' } },
  ]);
  expect(second.body.next).toBeNull();
  expect((await send('GET', `manifests/${id}/refusals?after=xyz`)).status).toBe(400);

  const csv = await send('GET', `manifests/${id}/refusals/download`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toContain('attachment');
  expect(csv.text.split('\r\n')[1]).toBe(`machine à café;x;"'=HYPERLINK(""http://x"")";Z1;5;category;machine à café;catégorie inconnue;unknown category`);
  expect(csv.text.split('\r\n')).toHaveLength(5);

  const correction = await send('PUT', `manifests/${id}/mapping`, { version: 3, body: { category: 'accessory' } });
  expect(ManifestView.parse(correction.body)).toMatchObject({ state: 'reading', version: 4, category: 'accessory' });
  expect((await send('PUT', `manifests/${id}/mapping`, { version: 3, body: {} })).status).toBe(412);
  expect((await send('POST', `manifests/${id}/confirmation`, { body: {} })).status).toBe(428);
  await intake.read();
  const key = randomUUID();
  const confirmed = await send('POST', `manifests/${id}/confirmation`, { version: 5, body: { submit: true }, key });
  expect(ManifestView.parse(confirmed.body)).toMatchObject({ state: 'confirmed', accepted: 5, submit: true });
  expect((await send('POST', `manifests/${id}/confirmation`, { version: 5, body: { submit: true }, key })).body).toEqual(confirmed.body);
  expect((await send('POST', `manifests/${id}/discard`, { version: 6 })).body).toMatchObject({ code: 'manifest-state' });
  await intake.import();
  expect((await send('GET', `manifests/${id}`)).body).toMatchObject({ state: 'imported' });
  expect(await intake.db.sql('select state from lot where id = $1', [lotId])).toEqual([{ state: 'submitted' }]);
});

test('a repeated upload is answered as before, though its manifest waits by now', async () => {
  const lotId = await intake.lot();
  const key = randomUUID();
  const first = await upload(lotId, laptops(2), { key });
  const again = await upload(lotId, laptops(2), { key });
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toEqual(first.body);
  expect((await upload(lotId, laptops(2))).body).toMatchObject({ code: 'manifest-pending' });
});

test('a refused upload is answered, even while the file is still being sent', async () => {
  const lotId = await intake.lot();
  const sheet = Buffer.alloc(3_000_000);
  sheet.set([0xd0, 0xcf, 0x11, 0xe0]);
  expect(await upload(lotId, sheet)).toMatchObject({ status: 415, body: { code: 'manifest-format-unsupported' } });
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 205) controller.enqueue(Buffer.alloc(1_048_576, 'laptop;\n'));
      else controller.close();
    },
  });
  expect(await upload(lotId, endless)).toMatchObject({ status: 413, body: { code: 'manifest-too-large' } });
  expect(await upload(lotId, laptops(1), { type: 'application/json' })).toMatchObject({ status: 400 });
  expect(await send('POST', `lots/${lotId}/manifests?filename=a%00b.csv`, { body: 'category\nlaptop\n' })).toMatchObject({ status: 400, body: { code: 'validation' } });
  expect(await send('POST', `lots/${lotId}/manifests`, { body: 'category\nlaptop\n' })).toMatchObject({ status: 400, body: { code: 'validation' } });
});

test('no other donor, and no structure, comes near a list', async () => {
  const lotId = await intake.lot();
  const { body } = await upload(lotId, laptops(2));
  const stranger = actor('donor', { organisationId: randomUUID() });
  for (const [method, path, sent] of [
    ['GET', `manifests/${body.id}`, {}], ['GET', `manifests/${body.id}/refusals`, {}], ['GET', `manifests/${body.id}/refusals/download`, {}], ['GET', `lots/${lotId}/manifests`, {}],
    ['POST', `lots/${lotId}/manifests?filename=x.csv`, { body: laptops(1) }], ['PUT', `manifests/${body.id}/mapping`, { version: 1, body: {} }],
    ['POST', `manifests/${body.id}/confirmation`, { version: 1, body: {} }], ['POST', `manifests/${body.id}/discard`, { version: 1 }],
  ] as const) {
    expect({ method, path, status: (await send(method, path, { ...sent, who: stranger })).status }).toEqual({ method, path, status: 404 });
    expect({ method, path, status: (await send(method, path, { ...sent, who: actor('structure') })).status }).toEqual({ method, path, status: 403 });
  }
});
