import { randomUUID } from 'node:crypto';
import { EVENTS, type EventDefinition, refurbishment, typesConsumedBy } from '@lacollecte/contracts';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { decode, toRecord } from './cloud-event.js';
import { ContractMismatch, EventStrategy } from './event-strategy.js';
import type { EventContext } from './handler.js';
import { MessagingTestTables1700000000002, silent } from './testing.conformance.js';
import type { Transport } from './transport.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('traceability', [MessagingTestTables1700000000002]);
});
afterAll(() => database.close());

/** Nothing ever comes of it: batches are handed to the consumer directly. */
const SILENT_TRANSPORT = { consume: () => Promise.resolve({ failure: null, assigned: [], stop: () => Promise.resolve() }) } as unknown as Transport;

function event(definition: EventDefinition, version: number) {
  const key = randomUUID();
  const record = toRecord({
    position: '1', id: randomUUID(), topic: definition.topic, key, version, n: 0, type: definition.type, occurred_at: new Date(), correlation_id: null, causation_id: null, actor: 'somebody',
    traceparent: null, data: JSON.stringify(definition.example),
  });
  return decode({ ...record, partition: 0, offset: BigInt(version), timestamp: new Date(), key: Buffer.from(key) });
}

/** A strategy whose one method is there for these types. */
async function started(types: readonly string[], handle: (events: readonly string[]) => void): Promise<EventStrategy> {
  const strategy = new EventStrategy('traceability', database.database.worker, SILENT_TRANSPORT, silent);
  const extras = { batch: true };
  // As Nest does: a callback of its own for each type, and the method's options with each.
  for (const type of types) strategy.addHandler(type, (_data: unknown, context: EventContext) => Promise.resolve(handle(context.each.map((one) => `${one.event.type} ${one.event.actor}`))), true, extras);
  await new Promise<void>((resolve, reject) => strategy.listen((error) => (error ? reject(error) : resolve())));
  return strategy;
}

it('hands what follows upon another to a method of several types in one batch', async () => {
  const batches: (readonly string[])[] = [];
  const strategy = await started(typesConsumedBy('traceability'), (events) => batches.push(events));
  const { DeviceArrived, DeviceReady } = refurbishment;
  await strategy.consumer.apply([event(DeviceArrived, 1), event(DeviceReady, 2), event(DeviceArrived, 3)], new AbortController().signal);
  expect(batches).toEqual([[`${DeviceArrived.type} somebody`, `${DeviceReady.type} somebody`, `${DeviceArrived.type} somebody`]]);
});

it('does not start an observer that lacks a handler for a type of the contract', async () => {
  const [missing, ...others] = [...EVENTS.keys()];
  await expect(started(others, () => undefined)).rejects.toThrow(ContractMismatch);
  await expect(started(others, () => undefined)).rejects.toThrow(`no handler for [${missing}]`);
});
