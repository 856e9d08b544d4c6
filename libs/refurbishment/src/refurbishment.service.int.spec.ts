import { randomUUID } from 'node:crypto';
import { dispatch, type EventDefinition, intake, PARTITIONS } from '@lacollecte/contracts';
import { decode, EmbeddedTransport, partitionOf, postgresQueues, TOPIC_SPECS, toRecord, TransportTables1700000000001 } from '@lacollecte/messaging';
import { createLog, createService, type RunningService } from '@lacollecte/runtime';
import { createTestDatabase, eventually, type TestDatabase, type TestIssuer, testIssuer } from '@lacollecte/testing';
import { refurbishmentService } from './refurbishment.service.js';
import { diagnose, erase, expectConsistent, grade, operator, reception, runTest, SITE, workshop } from './testing/workshop.js';

let db: TestDatabase;
let topics: TestDatabase;
let transport: EmbeddedTransport;
let service: RunningService;
let issuer: TestIssuer;

beforeAll(async () => {
  db = await workshop();
  // Any service's roles will do: the topic log is a database of its own.
  topics = await createTestDatabase('intake', [TransportTables1700000000001]);
  transport = new EmbeddedTransport(topics.urls.worker);
  await transport.ensureTopics(TOPIC_SPECS);
  issuer = await testIssuer();
  service = await createService(refurbishmentService, {
    database: db.urls, transport, queues: postgresQueues(topics.urls.worker), auth: issuer.auth, log: createLog('error'),
  });
});
afterAll(async () => {
  await service.stop();
  await transport.close();
  await expectConsistent(db);
  await topics.close();
  await db.close();
});

async function publish(definition: EventDefinition, key: string, data: object): Promise<void> {
  const [result] = await transport.send([
    toRecord({
      position: '1', id: randomUUID(), topic: definition.topic, key, version: 1, n: 0, type: definition.type, occurred_at: new Date(), correlation_id: 'lot-1', causation_id: null,
      traceparent: null, data: JSON.stringify(data),
    }),
  ]);
  expect(result?.status).toBe('acknowledged');
}

/** Types of a device's events as other services read them. */
async function told(deviceId: string): Promise<string[]> {
  const records = await transport.read('refurbishment.device', partitionOf(deviceId, PARTITIONS), 0n, 500);
  return records.map(decode).filter(({ key }) => key === deviceId).map(({ type }) => type?.split('.')[3] ?? '');
}

it('from intake’s event over the benches to the event that stock waits for, and on to delivery', async () => {
  const device = reception();
  const authorization = `Bearer ${await issuer.token(operator)}`;
  const post = async (body: object) => {
    const response = await service.app.inject({
      method: 'POST', url: `/api/refurbishment/devices/${device.label}/steps`, payload: body, headers: { authorization, 'idempotency-key': randomUUID() },
    });
    return { status: response.statusCode, body: response.json() as { code?: string; state?: string } };
  };
  expect(await post(diagnose('S1'))).toMatchObject({ status: 409, body: { code: 'not-here-yet' } });
  await publish(intake.DeviceReceived, device.deviceId, device);
  await eventually(async () => expect((await post(diagnose('S1'))).status).toBe(200), { what: 'the reception has arrived' });
  for (const step of [erase('S1'), runTest()]) expect((await post(step)).status).toBe(200);
  expect(await post(grade())).toMatchObject({ status: 200, body: { state: 'ready' } });
  await eventually(async () => expect((await told(device.deviceId)).at(-1)).toBe('device-ready'), { what: 'device-ready is told' });

  await publish(dispatch.ParcelDelivered, randomUUID(), {
    shipmentId: randomUUID(), siteId: SITE, structureId: randomUUID(), state: 'delivered', parcelId: randomUUID(),
    content: [{ itemId: device.deviceId, reservationId: randomUUID() }], missing: [],
  });
  await eventually(
    async () => expect(await told(device.deviceId)).toEqual(['device-arrived', 'device-diagnosed', 'drive-evidence-recorded', 'device-tested', 'device-graded', 'device-ready', 'device-delivered']),
    { what: 'device-delivered is told' },
  );
  expect(await service.state.health()).toMatchObject({ status: 'ready', parkedKeys: 0 });
});
