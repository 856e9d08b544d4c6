import { randomUUID } from 'node:crypto';
import { type Category, directory, type EventDefinition, PARTITIONS, refurbishment } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { decode, EmbeddedTransport, migrateQueues, partitionOf, postgresQueues, TOPIC_SPECS, toRecord, TransportTables1700000000001 } from '@lacollecte/messaging';
import { createLog, createService, PLATFORM_MIGRATIONS, type RunningService } from '@lacollecte/runtime';
import { actor, createTestDatabase, eventually, type TestDatabase, type TestIssuer, testIssuer } from '@lacollecte/testing';
import { intakeService } from './intake.service.js';

let db: TestDatabase;
let topics: TestDatabase;
let transport: EmbeddedTransport;
let service: RunningService;
let issuer: TestIssuer;

beforeAll(async () => {
  db = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, ...intakeService.migrations]);
  // Any service's roles will do: the topic log is a database of its own.
  topics = await createTestDatabase('refurbishment', [TransportTables1700000000001]);
  await migrateQueues(topics.urls.superuser);
  transport = new EmbeddedTransport(topics.urls.worker);
  await transport.ensureTopics(TOPIC_SPECS);
  issuer = await testIssuer();
  service = await createService(intakeService, { database: db.urls, transport, queues: postgresQueues(topics.urls.superuser), auth: issuer.auth, log: createLog('error') });
});
afterAll(async () => {
  await service.stop();
  await transport.close();
  for (const { name, violations } of intakeService.invariants) {
    const broken = await db.sql(violations);
    if (broken.length > 0) throw new Error(`${name}: ${JSON.stringify(broken)}`);
  }
  await topics.close();
  await db.close();
});

async function publish(definition: EventDefinition, key: string, version: number, data: object): Promise<void> {
  const [result] = await transport.send([
    toRecord({
      position: '1', id: randomUUID(), topic: definition.topic, key, version, n: 0, type: definition.type, occurred_at: new Date(), correlation_id: null, causation_id: null, traceparent: null,
      data: JSON.stringify(data),
    }),
  ]);
  expect(result?.status).toBe('acknowledged');
}

/** Events of an aggregate as other services read them. */
async function told(topic: string, key: string): Promise<{ type: string; data: Record<string, unknown>; correlationId: string | null }[]> {
  const records = await transport.read(topic, partitionOf(key, PARTITIONS), 0n, 500);
  return records.map(decode).filter((one) => one.key === key).map(({ type, event }) => ({
    type: type?.split('.')[3] ?? '', data: event!.data as Record<string, unknown>, correlationId: event!.correlationId,
  }));
}

interface Answer { [field: string]: unknown; id: string; version: number; state: string; code?: string; labels: string[]; deviceId: string; received: number; outcomes: object }

async function send(who: Actor, method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, more: { body?: object; version?: number; key?: string } = {}): Promise<{ status: number; body: Answer }> {
  const response = await service.app.inject({
    method, url: `/api/intake/${path}`, payload: more.body,
    headers: {
      authorization: `Bearer ${await issuer.token(who)}`, ...(method === 'POST' ? { 'idempotency-key': more.key ?? randomUUID() } : {}),
      ...(more.version === undefined ? {} : { 'if-match': `"${more.version}"` }),
    },
  });
  return { status: response.statusCode, body: response.json() as Answer };
}

async function call(...request: Parameters<typeof send>): Promise<Answer> {
  const { status, body } = await send(...request);
  if (status >= 300) throw new Error(`${request[1]} ${request[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

const site = (siteId: string, state: 'open' | 'closed' = 'open') => ({ ...directory.SiteChanged.example, siteId, state });
const organisation = (organisationId: string, state: 'pending' | 'approved') => ({ ...directory.OrganisationChanged.example, organisationId, activity: 'donor', kind: 'public-body', state });
type Device = { deviceId: string; lotId: string };

it('from a site and a donor that others announce, over the dock, to the lot that closes, opens and closes again', async () => {
  const [siteId, donorId] = [randomUUID(), randomUUID()];
  const [donor, coordinator, operator] = [actor('donor', { organisationId: donorId }), actor('coordinator'), actor('operator', { siteIds: [siteId] })];
  await publish(directory.OrganisationApproved, donorId, 2, organisation(donorId, 'approved'));
  await publish(directory.SiteChanged, siteId, 2, site(siteId));
  // What arrives late must not undo what is newer.
  await publish(directory.OrganisationRegistered, donorId, 1, organisation(donorId, 'pending'));
  await publish(directory.SiteRegistered, siteId, 1, site(siteId, 'closed'));

  const lot = await eventually(async () => call(donor, 'POST', 'lots', { body: { title: 'Two laptops' } }), { what: 'the donor is known' });
  const path = `lots/${lot.id}`;
  const key = randomUUID();
  const lines = { lines: [{ category: 'laptop' satisfies Category, serial: 'ABC123', manufacturedYear: 2010 }, { category: 'laptop' satisfies Category, quantity: 2 }] };
  const drawn = await call(donor, 'POST', `${path}/lines`, { version: 1, body: lines, key });
  expect(await call(donor, 'POST', `${path}/lines`, { version: 1, body: lines, key })).toEqual(drawn);
  expect(await send(donor, 'POST', `${path}/submission`, { version: 1 })).toMatchObject({ status: 412, body: { code: 'stale-version' } });
  expect(await call(donor, 'PATCH', path, { version: 2, body: { pickupWish: { floor: '3' } } })).toMatchObject({ version: 3, title: 'Two laptops', pickupWish: { floor: '3' } });
  await call(donor, 'POST', `${path}/submission`, { version: 3 });
  await eventually(() => call(coordinator, 'POST', `${path}/acceptance`, { version: 4, body: { siteId, brought: true } }), { what: 'the site is known' });

  const { labels } = await call(operator, 'POST', 'label-rolls', { body: { siteId, count: 3 } });
  const session = await call(operator, 'POST', `${path}/receptions`, { body: { siteId, packages: ['P-1'] } });
  await call(operator, 'POST', `receptions/${session.id}/packages`, { body: { names: ['P-1'] } });
  const scan = (body: object) => call(operator, 'POST', `receptions/${session.id}/devices`, { body });
  const [one, two] = [await scan({ label: labels[0], serial: 'abc 123' }), await scan({ label: labels[1], category: 'laptop' })];
  await call(operator, 'POST', `receptions/${session.id}/end`, { version: 1 });
  const open = await call(operator, 'GET', path);
  expect(await call(operator, 'POST', `${path}/reception-end`, { version: open.version })).toMatchObject({ state: 'received', declared: 3, received: 2, missing: 1, awaited: 0 });

  await eventually(async () => expect(await told('intake.device', one.deviceId)).toHaveLength(1), { what: 'device-received is told' });
  const [received] = await told('intake.device', one.deviceId);
  expect(received).toMatchObject({ type: 'device-received', correlationId: lot.id, data: { deviceId: one.deviceId, lotId: lot.id, siteId, label: labels[0], serial: 'ABC123', matched: 'serial', recycleForAge: true } });

  const ended = (definition: EventDefinition, { deviceId }: Device, version: number) => publish(definition, deviceId, version, { ...(definition.example as object), deviceId, lotId: lot.id });
  const state = (wanted: string) => eventually(async () => expect((await call(donor, 'GET', path)).state).toBe(wanted), { what: `the lot is ${wanted}` });
  const [first, second] = [one, two].map(({ deviceId }) => ({ deviceId, lotId: lot.id })) as [Device, Device];
  await ended(refurbishment.DeviceRecycled, first, 5);
  // One that this service never heard of changes nothing.
  await ended(refurbishment.DeviceLost, { deviceId: randomUUID(), lotId: lot.id }, 5);
  await ended(refurbishment.DeviceDelivered, second, 9);
  await state('closed');
  await ended(refurbishment.DeviceCameBack, second, 10);
  await state('received');
  await ended(refurbishment.DeviceReturnedToDonor, second, 11);
  await state('closed');
  expect(await call(donor, 'GET', path)).toMatchObject({ outcomes: { recycled: 1, 'returned-to-donor': 1 } });
  await eventually(
    async () => expect((await told('intake.lot', lot.id)).map(({ type }) => type)).toEqual([
      'lot-opened', 'lot-changed', 'lot-changed', 'lot-submitted', 'lot-accepted', 'lot-reception-started', 'lot-received', 'lot-closed', 'lot-reopened', 'lot-closed',
    ]),
    { what: 'the lot’s story is told' },
  );
  expect((await told('intake.device', two.deviceId)).map(({ type }) => type)).toEqual(['device-received', 'device-settled', 'device-unsettled', 'device-settled']);
  expect(await service.state.health()).toMatchObject({ status: 'ready', parkedKeys: 0 });
});
