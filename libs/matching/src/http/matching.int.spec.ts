import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { actor, testIssuer, type TestIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { FIRST_PRICE_TABLE } from '../domain/price.js';
import { matchingService } from '../matching.service.js';
import { AvailabilityView } from '../queries/availability.js';
import { DryRunView } from '../queries/compare-policies.js';
import { AllocationView } from '../queries/view-allocation.js';
import { ExplanationView } from '../queries/view-explanation.js';
import { NeedView } from '../queries/view-need.js';
import { RoundView } from '../queries/view-round.js';
import { World } from '../testing/world.js';

@Module({})
class MatchingModule {}

let world: World;
let issuer: TestIssuer;
let app: NestFastifyApplication;

beforeAll(async () => {
  world = await World.open();
  issuer = await testIssuer();
  const module = { module: MatchingModule, controllers: [...matchingService.controllers], providers: [{ provide: UnitOfWork, useValue: new UnitOfWork(world.db.database) }] };
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
  configureHttp(app, { name: 'matching', auth: issuer.auth, problems: { ...commonProblems, ...matchingService.problems }, log });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await world.verify();
  await world.db.close();
});

async function send(who: Actor, method: 'GET' | 'POST', path: string, { body, version }: { body?: object; version?: number } = {}) {
  const headers = {
    authorization: `Bearer ${await issuer.token(who)}`,
    ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  };
  const response = await app.inject({ method, url: `/api/matching/${path}`, headers, ...(body && { payload: body }) });
  return { status: response.statusCode, etag: response.headers['etag'], body: response.json() };
}

describe('over HTTP', () => {
  it('a need goes from its structure to the coordinator, through a round, and back as an answer', async () => {
    const { coordinator } = world;
    const structure = await world.structure();
    await world.stock(20, { grade: 'A' });

    const stated = await send(structure, 'POST', 'needs', { body: { lines: [{ category: 'laptop', minGrade: 'B', quantity: 5, urgency: 3, public: 'students' }], topUps: 4 } });
    expect(stated).toMatchObject({ status: 201, etag: '"1"' });
    const { needId } = NeedView.strict().parse(stated.body);
    expect((await send(coordinator, 'GET', 'inbox')).body).toMatchObject([{ needId }]);
    expect((await send(coordinator, 'POST', `needs/${needId}/approval`, { body: {} })).status).toBe(428);
    const approved = await send(coordinator, 'POST', `needs/${needId}/approval`, { version: 1, body: { urgencies: [] } });
    expect(approved).toMatchObject({ status: 200, etag: '"2"', body: { state: 'approved' } });

    const dry = await send(coordinator, 'POST', 'rounds/dry-runs', { body: {} });
    expect(dry.status).toBe(200);
    expect(DryRunView.strict().parse(dry.body).policies.map(({ alpha, figures }) => [alpha, figures.devices])).toEqual([[0, 5], [1, 5], [2, 5]]);

    expect((await send(coordinator, 'POST', 'rounds', { body: { alpha: 3.5 } })).status).toBe(400);
    const requested = await send(coordinator, 'POST', 'rounds', { body: { alpha: 2 } });
    expect(requested.status).toBe(202);
    const { roundId } = RoundView.strict().parse(requested.body);
    expect((await send(coordinator, 'POST', 'rounds')).body).toMatchObject({ status: 409, type: expect.stringContaining('round-running') });
    const [job] = await world.db.sql<{ id: string }>(`select id from job where data ->> 'roundId' = $1`, [roundId]);
    await world.run(job!.id);
    expect(RoundView.strict().parse((await send(coordinator, 'GET', `rounds/${roundId}`)).body)).toMatchObject({ state: 'solved', devices: 5, parameters: { alpha: 2 }, figures: { jain: 1, leastFill: 1 } });
    expect((await send(coordinator, 'GET', 'rounds')).body.items).toHaveLength(1);
    const explanations = (await send(coordinator, 'GET', `rounds/${roundId}/explanations`)).body;
    expect(ExplanationView.strict().parse(explanations.items[0])).toMatchObject({ given: 5, limits: [{ code: 'none' }], text: { en: '5 of 5 laptops: urgency 3, waiting 0 days; nothing limited it.' } });

    const { items } = (await send(structure, 'GET', `allocations?needId=${needId}`)).body;
    const allocation = AllocationView.strict().parse(items[0]);
    expect(allocation).toMatchObject({ quantity: 5, priceCents: 12000, grade: 'A' });
    await world.hold(allocation.allocationId, 5);
    const accepted = await send(structure, 'POST', `allocations/${allocation.allocationId}/acceptance`, { version: 2, body: { quantity: 4 } });
    expect(accepted).toMatchObject({ status: 200, etag: '"3"', body: { state: 'accepted', quantity: 4 } });
    expect((await send(structure, 'GET', `lines/${stated.body.lines[0].lineId}/explanations`)).body.items).toHaveLength(1);
    const availability = AvailabilityView.strict().parse((await send(structure, 'GET', 'availability?category=laptop')).body);
    expect(availability.categories).toMatchObject([{ category: 'laptop', asked: 1, lines: 1 }]);
    expect((await send(structure, 'POST', `needs/${needId}/cancellation`, { version: 3 })).body).toMatchObject({ status: 412 });
    const { version } = (await send(structure, 'GET', `needs/${needId}`)).body;
    expect((await send(structure, 'POST', `needs/${needId}/cancellation`, { version })).body).toMatchObject({ state: 'cancelled' });
  });

  it('refuses what is not a need', async () => {
    const structure = await world.structure();
    const line = { category: 'laptop', minGrade: 'B', quantity: 5, urgency: 3, public: 'students' };
    for (const [wrong, pointer] of [[{ quantity: 501 }, 'quantity'], [{ quantity: 0 }, 'quantity'], [{ urgency: 5 }, 'urgency'], [{ minGrade: 'D' }, 'minGrade']] as const) {
      const { status, body } = await send(structure, 'POST', 'needs', { body: { lines: [{ ...line, ...wrong }] } });
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(`/body/lines/0/${pointer}`)]);
    }
  });

  it('lets only those do what is theirs to do', async () => {
    const structure = await world.structure();
    const other = await world.structure();
    const { needId } = await world.need(structure, { quantity: 1 });
    const statuses = async (who: Actor, calls: readonly (readonly ['GET' | 'POST', string])[]) => Promise.all(calls.map(async ([method, path]) => (await send(who, method, path, { version: 1, body: method === 'POST' ? {} : undefined })).status));
    expect(await statuses(actor('donor'), [['GET', 'needs'], ['POST', 'needs'], ['GET', 'allocations'], ['GET', 'availability'], ['POST', 'rounds'], ['GET', 'price-tables']])).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await statuses(structure, [['GET', 'inbox'], ['POST', 'rounds'], ['POST', 'rounds/dry-runs'], ['GET', 'rounds'], ['POST', `needs/${needId}/approval`], ['POST', 'price-tables']])).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await statuses(other, [['GET', `needs/${needId}`], ['POST', `needs/${needId}/cancellation`], ['POST', `needs/${needId}/reconfirmation`]])).toEqual([404, 404, 404]);
  });

  it('sets dated prices', async () => {
    const admin = actor('admin');
    expect((await send(admin, 'POST', 'price-tables', { body: { validFrom: '2999-01-01', table: FIRST_PRICE_TABLE } })).status).toBe(201);
    expect((await send(admin, 'POST', 'price-tables', { body: { validFrom: '2020-01-01', table: FIRST_PRICE_TABLE } })).status).toBe(422);
    expect((await send(admin, 'GET', 'price-tables')).body.map(({ validFrom }: { validFrom: string }) => validFrom)).toEqual(['2999-01-01', '2025-01-01']);
  });
});

describe('problems', () => {
  it('have a text for every code that the service throws', async () => {
    const { readdir, readFile } = await import('node:fs/promises');
    const files = (await readdir(new URL('..', import.meta.url), { recursive: true })).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const sources = await Promise.all(files.map((name) => readFile(new URL(`../${name}`, import.meta.url), 'utf8')));
    const thrown = new Set(sources.flatMap((text) => [...text.matchAll(/DomainError\('([a-z-]+)'/g)].map(([, code]) => code!)));
    const known = { ...commonProblems, ...matchingService.problems };
    expect([...thrown].filter((code) => !(code in known))).toEqual([]);
    expect(Object.keys(matchingService.problems).filter((code) => !thrown.has(code))).toEqual([]);
  });
});
