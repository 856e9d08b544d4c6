import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp } from '@lacollecte/http';
import { describe as describeService, PLATFORM_MIGRATIONS, UnitOfWork } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase, testIssuer, type TestIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seedDemonstration } from '../commands/seed-demonstration.js';
import { demonstration } from '../demonstration.js';
import { directoryService } from '../directory.service.js';

@Module({})
class DirectoryModule {}

const ADMIN = actor('admin');
const COORDINATOR = actor('coordinator');
let db: TestDatabase;
let issuer: TestIssuer;
let app: NestFastifyApplication;

beforeAll(async () => {
  db = await createTestDatabase('directory', [...PLATFORM_MIGRATIONS, ...directoryService.migrations]);
  await db.worker(seedDemonstration);
  issuer = await testIssuer();
  const module = { module: DirectoryModule, controllers: [...directoryService.controllers], providers: [{ provide: UnitOfWork, useValue: new UnitOfWork(db.database) }] };
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
  configureHttp(app, { name: 'directory', auth: issuer.auth, problems: { ...commonProblems, ...directoryService.problems }, log });
  await app.init();
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await db.close();
});

interface Sent { body?: unknown; key?: string; version?: number; type?: string }

async function send(who: Actor | null, method: 'GET' | 'POST' | 'PATCH', path: string, { body, key = randomUUID(), version, type = 'application/json' }: Sent = {}) {
  const headers = {
    ...(who && { authorization: `Bearer ${await issuer.token(who)}` }),
    ...(method === 'POST' && { 'idempotency-key': key }),
    ...(version !== undefined && { 'if-match': `"${version}"` }),
    ...(body !== undefined && { 'content-type': type }),
  };
  const response = await app.inject({ method, url: `/api/directory/${path}`, headers, payload: body as never });
  return { status: response.statusCode, etag: response.headers['etag'], body: response.body === '' ? undefined : response.json() };
}

const registration = (email: string, siren = '732829320') => ({
  activity: 'donor', person: { email, name: 'Camille' },
  organisation: { kind: 'company', name: 'Lumière SA', siren, street: '5 place Bellecour', postalCode: '69002', city: 'Lyon' },
});

describe('over HTTP', () => {
  it('a company registers without signing in, and is answered alike whether it is known or not', async () => {
    const first = await send(null, 'POST', 'registrations', { body: registration('Camille@Example.org ', '732 829 320') });
    const again = await send(null, 'POST', 'registrations', { body: registration('other@example.org') });
    expect(first).toMatchObject({ status: 202, body: { status: 'received' } });
    expect(again).toEqual(first);
    expect((await send(null, 'POST', 'registrations', { body: registration('x@example.org', '732829321') })).status).toBe(400);
  });

  it('strangers who choose the same key do not meet: each is heard, and the same again once', async () => {
    const key = 'registration-1';
    const repeated = () => db.sql(`select id from audit where action = 'registration-repeated'`);
    const before = await repeated();
    const [one, two] = [registration('one@example.org', '552100554'), registration('two@example.org', '542051180')];
    for (const body of [one, two, one]) expect(await send(null, 'POST', 'registrations', { body, key })).toMatchObject({ status: 202, body: { status: 'received' } });
    const known = (body: typeof one) => db.sql('select 1 from organisation where siren = $1', [body.organisation.siren]);
    expect([await known(one), await known(two)]).toEqual([[expect.anything()], [expect.anything()]]);
    expect(await repeated()).toEqual(before);
  });

  it('a coordinator approves it, and its first person gets a link to choose a password', async () => {
    const { body: list } = await send(COORDINATOR, 'GET', 'organisations?state=pending');
    const { organisationId, createdAt } = list.items[0];
    expect(new Date(createdAt).toISOString()).toBe(createdAt);
    expect((await send(COORDINATOR, 'POST', `organisations/${organisationId}/approval`, { body: {} })).status).toBe(428);
    expect(await send(COORDINATOR, 'POST', `organisations/${organisationId}/approval`, { body: {}, version: 1 })).toMatchObject({ status: 200, etag: '"2"', body: { state: 'approved' } });
    const { body: people } = await send(COORDINATOR, 'GET', `people?organisationId=${organisationId}`);
    const link = await send(COORDINATOR, 'POST', `people/${people.items[0].personId}/invitation`);
    expect(link.status).toBe(201);
    const shown = async () => (await send(COORDINATOR, 'GET', `people/${people.items[0].personId}`)).body.linkEndsAt;
    expect(await shown()).toBe(link.body.expiresAt);
    const accepted = await send(null, 'POST', 'invitations/accept', { body: { token: link.body.token, password: 'une phrase de passe' } });
    expect(accepted).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(await shown()).toBeNull();
    expect((await send(null, 'POST', 'invitations/accept', { body: { token: link.body.token, password: 'une phrase de passe' } })).status).toBe(410);
  });

  it('a secret is shown once: the same request repeated is answered without it', async () => {
    const key = randomUUID();
    const request = { key, body: { name: 'nightly export', roles: ['service'] } };
    const first = await send(ADMIN, 'POST', 'service-accounts', request);
    expect(first.body.secret).toHaveLength(43);
    const again = await send(ADMIN, 'POST', 'service-accounts', request);
    expect(again).toMatchObject({ status: 201, body: { clientId: first.body.clientId } });
    expect(again.body).not.toHaveProperty('secret');
    expect(await db.sql('select 1 from idempotency_key where response::text like $1', [`%${first.body.secret}%`])).toEqual([]);
  });

  it('a list of structures is uploaded as it is', async () => {
    const csv = 'Reference;Name;Address;Postal code;City;People served\nX-1;One;1 rue A;59000;Lille;10\nX-2;Two;1 rue A;zip;Lille;10';
    expect(await send(COORDINATOR, 'POST', 'organisations/import', { body: csv, type: 'text/csv' })).toMatchObject({
      status: 200, body: { created: 1, refused: [{ line: 3, column: 'postalCode', value: 'zip', reason: 'bad-postal-code' }] },
    });
  });

  it('a list that is too large is refused in words, to a client that still sends', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    for (const [language, title] of [['fr', 'Au plus 2000 lignes et 5 Mo par fichier.'], ['en', 'At most 2000 rows and 5 MB a file.']] as const) {
      const headers = { authorization: `Bearer ${await issuer.token(COORDINATOR)}`, 'idempotency-key': randomUUID(), 'content-type': 'text/csv', 'accept-language': language };
      const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: '/api/directory/organisations/import', headers });
      const answer = new Promise<IncomingMessage>((resolve, reject) => outgoing.on('response', resolve).on('error', reject));
      for (let megabytes = 0; megabytes < 30; megabytes++) outgoing.write(Buffer.alloc(1_000_000, 'x'));
      outgoing.end();
      expect({ status: (await answer).statusCode, ...((await json(await answer)) as object) }).toMatchObject({ status: 413, code: 'import-too-large', title, params: { rows: 2000, megabytes: 5 } });
    }
  });

  it('people see themselves, their organisation and colleagues, and nothing of another', async () => {
    const lou = demonstration.accounts.find((account) => account.email.startsWith('structure@'))!;
    const who = actor('structure', { subject: lou.id, organisationId: lou.organisationId! });
    expect((await send(who, 'GET', 'me')).body).toMatchObject({ email: lou.email });
    expect((await send(who, 'GET', `organisations/${lou.organisationId}`)).status).toBe(200);
    expect((await send(who, 'GET', `organisations/${demonstration.donor.id}`)).status).toBe(404);
    expect((await send(who, 'GET', 'people')).body.items).toHaveLength(1);
    expect((await send(who, 'GET', `people/${demonstration.accounts[0]!.id}`)).status).toBe(404);
    expect((await send(who, 'GET', 'organisations')).status).toBe(403);
    expect((await send(who, 'POST', `people/${lou.id}/erasure`, { version: 2 })).status).toBe(403);
    expect((await send(null, 'GET', 'sites')).status).toBe(401);
  });

  it('who packs reads where it is brought, and no more of the organisation', async () => {
    const operator = actor('operator');
    const { id, name, street, postalCode, city } = demonstration.structures[0]!;
    const { status, body } = await send(operator, 'GET', `organisations/${id}/address`);
    expect(status).toBe(200);
    expect(body).toEqual({ organisationId: id, name, street, postalCode, city });
    expect((await send(operator, 'GET', `organisations/${id}`)).status).toBe(403);
    expect((await send(actor('structure', { organisationId: id }), 'GET', `organisations/${id}/address`)).status).toBe(403);
    expect((await send(operator, 'GET', `organisations/${randomUUID()}/address`)).body).toMatchObject({ status: 404, code: 'organisation-not-found' });
  });

  it('an admin changes a site that was shown', async () => {
    const { body: sites } = await send(ADMIN, 'GET', 'sites');
    expect(sites).toHaveLength(3);
    const { siteId, version } = sites[0];
    expect(await send(ADMIN, 'PATCH', `sites/${siteId}`, { body: { weeklyCapacity: 450 }, version })).toMatchObject({ status: 200, etag: '"2"', body: { weeklyCapacity: 450 } });
    expect((await send(ADMIN, 'PATCH', `sites/${siteId}`, { body: { weeklyCapacity: 460 }, version })).status).toBe(412);
    expect((await send(COORDINATOR, 'PATCH', `sites/${siteId}`, { body: {}, version: 2 })).status).toBe(403);
  });

  it('is described by an OpenAPI document: every route, who may call it, what it takes', () => {
    const { paths } = describeService(directoryService) as { paths: Record<string, Record<string, { summary: string }>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path.replace('/api/directory', '')}`));
    expect(routes).toEqual(expect.arrayContaining([
      'post /registrations', 'get /organisations', 'post /organisations/import', 'post /organisations/{organisationId}/renewal', 'get /people', 'patch /people/{personId}',
      'post /invitations', 'post /invitations/accept', 'post /service-accounts', 'patch /sites/{siteId}', 'post /sites/{siteId}/closure',
    ]));
    expect(JSON.stringify(paths['/api/directory/registrations'])).toContain('"siren"');
  });
});
