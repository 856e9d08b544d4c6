import { randomUUID } from 'node:crypto';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp } from '@lacollecte/http';
import { describe as openApi, createLog, nestLogger, UnitOfWork } from '@lacollecte/runtime';
import { actor, testIssuer, type TestIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { dispatchService } from '../dispatch.service.js';
import { World } from '../testing/world.js';

/** What these tests read of an answer. */
interface Answer {
  readonly items?: readonly { readonly shipmentId?: string; readonly returnId?: string }[];
  readonly parcels?: readonly { readonly parcelId: string }[];
}

@Module({})
class HttpOfDispatch {}

describe('dispatch over HTTP', () => {
  let world: World;
  let issuer: TestIssuer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    world = await World.create();
    issuer = await testIssuer();
    const log = createLog('silent');
    app = await NestFactory.create<NestFastifyApplication>(
      { module: HttpOfDispatch, controllers: [...dispatchService.controllers], providers: [{ provide: UnitOfWork, useValue: new UnitOfWork(world.db.database) }] },
      new FastifyAdapter(),
      { logger: nestLogger(log) },
    );
    configureHttp(app, { name: 'dispatch', auth: issuer.auth, problems: { ...commonProblems, ...dispatchService.problems }, log });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await world.db.close();
  });

  const call = async (who: Actor, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method, url: `/api/dispatch/${path}`, ...(body ? { payload: body } : {}),
      headers: { authorization: `Bearer ${await issuer.token(who)}`, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}), ...headers },
    });
    return { status: response.statusCode, headers: response.headers, body: response.json() as Answer };
  };

  it('carries a shipment through its whole life', async () => {
    const accepted = await world.accept({ quantity: 2 });
    const [one, two] = [await world.ready(), await world.ready()];
    const operator = world.operator(accepted);
    const listed = await call(operator, 'GET', 'shipments?state=planned');
    const shipment = `shipments/${listed.body.items?.[0]?.shipmentId}`;
    const shown = await call(operator, 'GET', shipment);
    expect(shown.headers.etag).toBe('"1"');
    expect((await call(operator, 'PATCH', shipment, { carriage: 'fetched' })).status).toBe(428);
    expect((await call(operator, 'PATCH', shipment, { carriage: 'fetched' }, { 'if-match': '"1"' })).body).toMatchObject({ carriage: 'fetched', version: 2 });
    expect((await call(operator, 'PATCH', shipment, { carriage: 'own' }, { 'if-match': '"1"' })).status).toBe(412);

    expect((await call(operator, 'POST', `${shipment}/picking`)).body).toMatchObject({ state: 'picking' });
    await world.committed(accepted, [one, two]);
    expect((await call(operator, 'GET', `${shipment}/pick-list`)).body).toMatchObject({ toPick: [{ bin: 'A-01' }, { bin: 'A-02' }] });
    const opened = await call(operator, 'POST', `${shipment}/parcels`);
    expect(opened.status).toBe(201);
    const parcel = `${shipment}/parcels/${opened.body.parcels?.[0]?.parcelId}`;
    const key = { 'idempotency-key': randomUUID() };
    const scanned = await call(operator, 'POST', `${parcel}/scans`, { device: one.label }, key);
    expect(scanned).toMatchObject({ status: 200, body: { parcel: 1, inParcel: 1 } });
    const again = await call(operator, 'POST', `${parcel}/scans`, { device: one.label }, key);
    expect(again).toMatchObject({ body: scanned.body, headers: { 'idempotent-replayed': 'true' } });
    const bulk = await call(operator, 'POST', `${parcel}/bulk-scans`, { scans: [{ device: two.label }, { device: 'nonsense' }] });
    expect(bulk.body).toMatchObject({ results: [{ problem: null }, { problem: { code: 'not-a-label' } }] });
    for (const [step, body, state] of [
      ['seal', { seal: 'S-1' }, 'packed'], ['reopening', undefined, 'picking'], ['seal', { seal: 'S-2' }, 'packed'], ['hand-over', { takenBy: 'structure' }, 'handed-over'],
      ['failure', { reason: 'no-access' }, 'failed'], ['retry', { takenBy: 'driver' }, 'handed-over'],
    ] as const) expect((await call(operator, 'POST', `${parcel}/${step}`, body)).body).toMatchObject({ state });
    const delivered = await call(world.structure(accepted), 'POST', `${parcel}/delivery`, { receivedBy: 'reception', missing: [two.label] });
    expect(delivered).toMatchObject({ status: 200, body: { state: 'delivered' } });
    const lost = await call(operator, 'GET', `returns?state=lost&device=${two.label}`);
    const returnId = lost.body.items?.[0]?.returnId;
    expect((await call(operator, 'POST', `returns/${returnId}/found`, {})).body).toMatchObject({ state: 'found' });
    await world.check();
  });

  it('says what is wrong, and to whom', async () => {
    const { shipmentId, operator, ...of } = await world.packed('open');
    const unheard = await call(operator, 'POST', `shipments/${shipmentId}/missing`, { device: randomUUID() });
    expect(unheard).toMatchObject({ status: 409, body: { type: expect.stringContaining('not-here-yet') } });
    expect(unheard.headers['retry-after']).toBeDefined();
    expect((await call(actor('donor', { organisationId: of.structureId }), 'GET', 'shipments')).status).toBe(403);
    expect((await call(world.structure(of), 'POST', `shipments/${shipmentId}/picking`)).status).toBe(403);
    expect((await call(world.operator({ siteId: randomUUID() }), 'GET', `shipments/${shipmentId}`)).status).toBe(403);
    expect((await call(actor('structure', { organisationId: randomUUID() }), 'GET', `shipments/${shipmentId}`)).status).toBe(404);
    expect((await call(operator, 'POST', `shipments/${shipmentId}/cancellation`, { reason: 'because' })).status).toBe(400);
  });

  it('is described: every route, its roles and its answers', () => {
    const document = openApi(dispatchService) as { paths: Record<string, object> };
    expect(Object.keys(document.paths).filter((path) => /shipments|returns/.test(path))).toHaveLength(21);
  });
});
