import { randomUUID } from 'node:crypto';
import { directory, typesConsumedBy } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { commonProblems, configureHttp } from '@lacollecte/http';
import { createLog, describe as describeService, UnitOfWork } from '@lacollecte/runtime';
import { actor, type TestDatabase, type TestIssuer, testIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { inventoryService } from '../inventory.service.js';
import * as e from '../testing/events.js';
import { announced, counts, itemRow, nothingBroken, reservationRow, stockDatabase } from '../testing/stock.js';

@Module({})
class TestModule {}

const problem = (code: string) => ({ type: expect.stringContaining(code) as string });
const LABEL = 'LC-7K3M-9QAT';

describe('inventory over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let issuer: TestIssuer;
  const siteId = randomUUID();
  const operator = actor('operator', { siteIds: [siteId] });
  const elsewhere = actor('operator', { siteIds: [randomUUID()] });
  const coordinator = actor('coordinator');

  beforeAll(async () => {
    db = await stockDatabase();
    issuer = await testIssuer();
    const providers = [{ provide: UnitOfWork, useValue: new UnitOfWork(db.database) }];
    const module = { module: TestModule, controllers: [...inventoryService.controllers], providers };
    app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false, abortOnError: false });
    configureHttp(app, { name: 'inventory', auth: issuer.auth, problems: { ...commonProblems, ...inventoryService.problems }, log: createLog('error') });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const site = { siteId, state: 'open' as const, postalCode: '69007', weeklyCapacity: 400, bins: ['A-01', 'A-02'] };
    await e.deliver(db, e.event(directory.SiteChanged, siteId, 2, site));
    await e.deliver(db, e.event(directory.SiteRegistered, siteId, 1, { ...site, bins: ['Z-99'] }));
  });
  beforeEach(() => db.sql('truncate reservation_item, stock_item, reservation, cell_gate, stock_cell, recall_mark, outbox'));
  afterEach(() => nothingBroken(db));
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  interface Answer {
    status: number;
    etag: string | undefined;
    body: Record<string, unknown>;
  }
  async function call(who: Actor, method: 'GET' | 'POST', path: string, payload?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization = `Bearer ${await issuer.token(who)}`;
    const response = await app.inject({
      method, url: `/api/inventory/${path}`, ...(payload ? { payload } : {}), headers: { 'idempotency-key': randomUUID(), ...headers, authorization },
    });
    return { status: response.statusCode, etag: response.headers['etag'] as string | undefined, body: response.json() as Record<string, unknown> };
  }
  const edit = (who: Actor, path: string, version: number, payload: object = {}) => call(who, 'POST', path, payload, { 'if-match': `"${version}"` });
  async function stocked(n = 1) {
    const cell = e.newCell({ siteId });
    const ids = Array.from({ length: n }, () => randomUUID());
    await e.deliver(db, ...ids.map((id) => e.ready(id, cell)));
    return { cell, ids, id: ids[0] ?? '' };
  }
  async function reserved() {
    const reservationId = randomUUID();
    const { cell, id } = await stocked();
    await e.deliver(db, e.proposed(reservationId, cell, 1));
    return { cell, id, reservationId };
  }

  test('has a handler for each event that the contract sends here, and a description', () => {
    expect([...e.handlers.keys()].sort()).toEqual(typesConsumedBy('inventory').sort());
    expect(describeService(inventoryService)).toMatchObject({ openapi: '3.1.0' });
  });

  test('shows the stock matrix', async () => {
    const { cell } = await stocked(3);
    await e.deliver(db, e.proposed(randomUUID(), cell, 1));
    const { body } = await call(coordinator, 'GET', `stock?siteId=${siteId}`);
    expect(body).toMatchObject({ items: [{ siteId, category: 'laptop', grade: 'B', earmark: null, onHand: 3, free: 2, reserved: 1, picked: 0 }], next: null });
    expect((await call(coordinator, 'GET', 'stock?grade=A')).body).toMatchObject({ items: [] });
  });

  test('pages through items and finds them by what they are', async () => {
    const { ids } = await stocked(5);
    const seen: unknown[] = [];
    for (let next: unknown = ''; next !== null; ) {
      const { body } = await call(operator, 'GET', `items?limit=2${next ? `&after=${String(next)}` : ''}`);
      seen.push(...(body['items'] as { itemId: string }[]).map((item) => item.itemId));
      next = body['next'];
    }
    expect(seen).toEqual([...ids].sort());
    const found = [['label=lc%207k3m%209qat', 5], ['bin=RECEPTION&state=in-stock', 5], ['state=issued', 0], [`reservationId=${randomUUID()}`, 0]] as const;
    for (const [query, n] of found) {
      expect((await call(operator, 'GET', `items?${query}`)).body['items']).toHaveLength(n);
    }
    expect(await call(operator, 'GET', 'items?label=LC-7K3M-9AQT')).toMatchObject({ status: 400, body: problem('validation') });
  });

  test('puts an item away by two scans, once however often they are sent', async () => {
    const { id } = await stocked();
    const scan = { label: 'LC)èK"?)çAQT', bin: 'A-02' };
    expect(await call(operator, 'POST', 'items/put-away', scan)).toMatchObject({ status: 200, etag: '"2"', body: { itemId: id, bin: 'A-02', label: LABEL } });
    expect(await call(operator, 'POST', 'items/put-away', scan)).toMatchObject({ status: 200, etag: '"2"' });
    expect(await announced(db, id)).toEqual(['item-stocked', 'item-put-away']);
    expect(await call(operator, 'POST', 'items/put-away', { ...scan, bin: 'Z-99' })).toMatchObject({ status: 422, body: problem('bin-unknown') });
    expect(await call(elsewhere, 'POST', 'items/put-away', scan)).toMatchObject({ status: 403, body: problem('item-at-other-site') });
  });

  test('answers a label that has not arrived with “not here yet”', async () => {
    expect(await call(operator, 'POST', 'items/put-away', { label: LABEL, bin: 'A-01' })).toMatchObject({ status: 409, body: problem('not-here-yet') });
    expect((await call(operator, 'GET', `items/${randomUUID()}`)).status).toBe(404);
  });

  test('sets aside, puts back and writes off, each on what was shown', async () => {
    const { cell, id } = await stocked();
    expect((await call(operator, 'POST', `items/${id}/quarantine`, { reason: 'damaged' })).status).toBe(428);
    expect((await edit(operator, `items/${id}/quarantine`, 9, { reason: 'damaged' })).status).toBe(412);
    expect((await edit(elsewhere, `items/${id}/quarantine`, 1, { reason: 'damaged' })).status).toBe(403);
    const aside = await edit(operator, `items/${id}/quarantine`, 1, { reason: 'damaged', note: 'hinge' });
    expect(aside).toMatchObject({ status: 200, body: { state: 'quarantined', quarantine: 'damaged', note: 'hinge' } });
    expect(await counts(db, cell)).toBe('0/0/0');
    expect(await edit(operator, `items/${id}/clearance`, 2)).toMatchObject({ status: 200, body: { state: 'in-stock', quarantine: null } });
    const off = await edit(operator, `items/${id}/write-off`, 3, { reason: 'fell from the shelf' });
    expect(off).toMatchObject({ status: 200, body: { state: 'written-off', bin: null } });
    expect(await edit(operator, `items/${id}/clearance`, 4)).toMatchObject({ status: 409, body: problem('item-step-refused') });
    expect(await announced(db, id)).toEqual(['item-stocked', 'item-quarantined', 'item-stocked', 'item-written-off']);
  });

  test('sets a reserved item aside and tells who counts on it', async () => {
    const { cell, id, reservationId } = await reserved();
    expect((await edit(operator, `items/${id}/quarantine`, 2, { reason: 'missing' })).status).toBe(200);
    expect(await reservationRow(db, reservationId)).toMatchObject({ state: 'held', holds: [] });
    expect((await announced(db, reservationId)).at(-1)).toBe('reservation-item-withdrawn');
    expect(await counts(db, cell)).toBe('0/0/0');
  });

  test('does not put back a recalled item', async () => {
    const { id } = await stocked();
    await e.deliver(db, e.recalled(id, 20));
    expect((await call(operator, 'GET', `items/${id}`)).body).toMatchObject({ recalled: true, quarantine: 'recalled' });
    expect(await edit(operator, `items/${id}/clearance`, 2)).toMatchObject({ status: 409, body: problem('item-in-workshop') });
    expect((await itemRow(db, id))?.state).toBe('quarantined');
  });

  test('shows reservations, and lets a coordinator release a held one', async () => {
    const { cell, id, reservationId } = await reserved();
    expect((await call(operator, 'GET', `reservations?state=held&siteId=${siteId}`)).body).toMatchObject({ items: [{ reservationId, itemIds: [id], asked: 1 }] });
    expect((await edit(operator, `reservations/${reservationId}/release`, 1)).status).toBe(403);
    expect(await edit(coordinator, `reservations/${reservationId}/release`, 1)).toMatchObject({ status: 200, body: { state: 'released', itemIds: [] } });
    expect(await edit(coordinator, `reservations/${reservationId}/release`, 1)).toMatchObject({ status: 200, etag: '"2"' });
    expect(await counts(db, cell)).toBe('1/0/0');
    expect((await call(coordinator, 'GET', `reservations/${randomUUID()}`)).status).toBe(404);
  });

  test.each(['donor', 'structure', 'relay'] as const)('shows nothing to a %s', async (role) => {
    const outsider = actor(role, { organisationId: randomUUID() });
    for (const path of ['stock', 'items', `items/${randomUUID()}`, 'reservations', `reservations/${randomUUID()}`]) {
      expect((await call(outsider, 'GET', path)).status).toBe(403);
    }
  });
});
