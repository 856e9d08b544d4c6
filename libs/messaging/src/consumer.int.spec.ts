import { randomUUID } from 'node:crypto';
import { type EventData, refurbishment } from '@lacollecte/contracts';
import { NO_CAUSE, type Tx } from '@lacollecte/database';
import { actor, createTestDatabase, eventually, type TestDatabase } from '@lacollecte/testing';
import type { Handler } from './apply.js';
import { type Decoded, decode, toRecord } from './cloud-event.js';
import { EventConsumer } from './consumer.js';
import { holdParked, park, recordFresh } from './inbox.js';
import { Parking } from './parking.js';
import { MessagingTestTables1700000000002, silent } from './testing.conformance.js';
import type { Transport } from './transport.js';

type Ready = EventData<typeof refurbishment.DeviceReady>;
const OPS = actor(['ops'], { subject: 'ops-person' });
const never = new AbortController().signal;

/** An event `device-ready` of `key`, as the transport would hand it over. */
function ready(key: string, version: number, overrides: Record<string, unknown> = {}): Decoded {
  const data = { ...refurbishment.DeviceReady.example, deviceId: key, ...overrides };
  const record = toRecord({
    position: '1', id: randomUUID(), topic: 'refurbishment.device', key, version, n: 0, type: refurbishment.DeviceReady.type,
    occurred_at: new Date(), correlation_id: 'lot', causation_id: null, traceparent: null, data: JSON.stringify(data),
  });
  return decode({ topic: record.topic, partition: 0, offset: BigInt(version), timestamp: new Date(), key: Buffer.from(key), headers: record.headers, value: record.value });
}

describe('the consumer', () => {
  let database: TestDatabase;
  let consumer: EventConsumer;
  let parking: Parking;
  let poisoned: Set<string>;
  let deadlocks: number;
  let calls: number;
  let failing: { key: string; work: (tx: Tx) => Promise<unknown> } | undefined;
  let tried: number;

  beforeAll(async () => {
    database = await createTestDatabase('inventory', [MessagingTestTables1700000000002]);
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    await database.sql('truncate applied, inbox, parked_event, parked_key, audit');
    poisoned = new Set();
    deadlocks = 0;
    calls = 0;
    failing = undefined;
    tried = 0;
    const handler: Handler = {
      handle: async (data, { tx, event }) => {
        calls++;
        const { deviceId } = data as Ready;
        if (deadlocks-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
        if (failing?.key === deviceId) {
          tried++;
          await failing.work(tx);
        }
        if (poisoned.has(event.id)) throw new Error('this one cannot be applied');
        await tx.execute('insert into applied (event_id, key, version, cause) values ($1, $2, $3, $4)', [event.id, deviceId, event.version, tx.cause.causationId]);
      },
    };
    const handlers = new Map([[refurbishment.DeviceReady.type as string, handler]]);
    consumer = new EventConsumer('inventory', database.database.worker, undefined as unknown as Transport, handlers, silent);
    parking = new Parking(database.database.worker, handlers);
  });

  const applied = async (key?: string): Promise<number[]> => {
    const rows = await database.sql<{ version: number }>('select version from applied where $1::text is null or key = $1 order by position', [key ?? null]);
    return rows.map((row) => row.version);
  };
  const parked = (): Promise<{ key: string; reason: string | null }[]> => database.sql('select key, reason from parked_event order by position');

  it('applies an event once, however often it is delivered, with the event as the cause', async () => {
    const event = ready(randomUUID(), 1);
    await consumer.apply([event, event], never);
    await consumer.apply([event], never);
    expect(await database.sql('select event_id, cause from applied')).toEqual([{ event_id: event.id, cause: event.id }]);
  });

  it('tries again in place what fails for now, and parks nothing', async () => {
    deadlocks = 3;
    await consumer.apply([ready(randomUUID(), 1)], never);
    expect(await applied()).toEqual([1]);
    expect(await parked()).toEqual([]);
  });

  it.each([
    ['a statement takes too long each time', (tx: Tx) => tx.query('set local statement_timeout = 20').then(() => tx.query('select pg_sleep(5)')), 'statement timeout'],
    ['an error is swallowed with the transaction in it', (tx: Tx) => tx.query('select 1 / 0').catch(() => tx.query('select 1')), 'transaction is aborted'],
  ])('parks an event of which %s, after some tries, and tells who redrives it', async (_, fail, text) => {
    const [key, other] = [randomUUID(), randomUUID()];
    failing = { key, work: fail };
    await consumer.apply([ready(other, 1), ready(key, 1), ready(other, 2)], never);
    expect(await applied(other)).toEqual([1, 2]);
    expect(await parked()).toEqual([{ key, reason: 'handler' }]);
    // All three, the pair it is in, and it alone eight times.
    expect(tried).toBe(10);
    const at = { topic: 'refurbishment.device', key };
    expect(await parking.redrive(OPS, at)).toEqual({ applied: 0, left: 1, error: expect.stringContaining(text) });
    failing = undefined;
    expect(await parking.redrive(OPS, at)).toEqual({ applied: 1, left: 0, error: null });
  });

  it('parks a poisoned event, holds its key and lets all other keys flow', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const events = [ready(a, 1), ready(b, 1), ready(a, 2), ready(b, 2), ready(a, 3)];
    poisoned.add(events[2]!.id);
    await consumer.apply(events, never);
    await consumer.apply([ready(a, 4), ready(b, 3)], never);
    expect(await applied(a)).toEqual([1]);
    expect(await applied(b)).toEqual([1, 2, 3]);
    expect(await parked()).toEqual([{ key: a, reason: 'handler' }, { key: a, reason: null }, { key: a, reason: null }]);
  });

  it.each([
    ['bad JSON', 'undecodable', (d: Decoded) => decode({ ...d.record, value: Buffer.from('{') })],
    ['a missing field', 'schema', (d: Decoded) => decode({ ...d.record, value: Buffer.from('{}') })],
    ['an unknown type', 'unknown-type', (d: Decoded) => decode({ ...d.record, headers: { ...d.record.headers, ce_type: Buffer.from('tech.lacollecte.intake.flown.v1') } })],
    ['no headers at all', 'undecodable', (d: Decoded) => decode({ ...d.record, headers: {}, key: null })],
    ['a version beyond any', 'undecodable', (d: Decoded) => decode({ ...d.record, headers: { ...d.record.headers, ce_version: Buffer.from('99999999999') } })],
    ['a time beyond any', 'undecodable', (d: Decoded) => decode({ ...d.record, headers: { ...d.record.headers, ce_time: Buffer.from('+275000-01-01T00:00:00Z') } })],
    ['null characters in key, headers and their names', 'undecodable', (d: Decoded) => decode({ ...d.record, headers: { 'a\0b': Buffer.from('x'), ce_id: Buffer.from('a\0b'), ce_type: Buffer.from('\0') }, key: Buffer.from('\0') })],
  ])('parks %s as %s', async (_, reason, spoil) => {
    await consumer.apply([ready(randomUUID(), 1), spoil(ready(randomUUID(), 1)), ready(randomUUID(), 1)], never);
    expect((await parked()).map((row) => row.reason)).toEqual([reason]);
    expect(await applied()).toHaveLength(2);
  });

  it('acknowledges a type of the contract that this service has no handler for', async () => {
    const event = ready(randomUUID(), 1);
    await consumer.apply([decode({ ...event.record, headers: { ...event.record.headers, ce_type: Buffer.from(refurbishment.DeviceTested.type) } })], never);
    expect(await parked()).toEqual([]);
    expect(calls).toBe(0);
  });

  it('stops when more than 20 keys are parked within a minute: that is a bug, not poison', async () => {
    const events = Array.from({ length: 25 }, () => ready(randomUUID(), 1));
    for (const event of events) poisoned.add(event.id);
    await expect(consumer.apply(events, never)).rejects.toThrow(/21 keys parked/);
  });

  it('redrives a key in order once the cause is gone, and audits it', async () => {
    const key = randomUUID();
    const events = [ready(key, 1), ready(key, 2), ready(key, 3)];
    poisoned.add(events[0]!.id);
    await consumer.apply(events, never);
    expect(await parking.redrive(OPS, { topic: 'refurbishment.device', key })).toEqual({ applied: 0, left: 3, error: 'this one cannot be applied' });
    poisoned.clear();
    expect(await parking.redrive(OPS, { topic: 'refurbishment.device', key })).toEqual({ applied: 3, left: 0, error: null });
    expect(await applied(key)).toEqual([1, 2, 3]);
    expect(await database.sql('select 1 from parked_key')).toEqual([]);
    expect(await database.sql('select distinct actor, action from audit')).toEqual([{ actor: 'ops-person', action: 'redrive' }]);
    await consumer.apply([ready(key, 4)], never);
    expect(await applied(key)).toEqual([1, 2, 3, 4]);
  });

  it('discards only the first parked event of a key, with a reason', async () => {
    const key = randomUUID();
    const events = [ready(key, 1), ready(key, 2)];
    poisoned.add(events[0]!.id);
    await consumer.apply(events, never);
    const at = { topic: 'refurbishment.device', key };
    expect(await parking.discard(OPS, at, events[1]!.id, 'not the first')).toBe(false);
    expect(await parking.discard(OPS, at, events[0]!.id, 'a test device')).toBe(true);
    expect(await parked()).toEqual([{ key, reason: 'held' }]);
    await parking.redrive(OPS, at);
    expect(await applied(key)).toEqual([2]);
    expect(await database.sql('select id from inbox where discarded_at is not null')).toEqual([{ id: events[0]!.id }]);
  });

  describe('races', () => {
    const worker = <T>(work: Parameters<typeof database.database.worker.transaction<T>>[2]) => database.database.worker.transaction(OPS, NO_CAUSE, work);

    it('a late twin that parks while we wait for it is seen: the next event of the key is held', async () => {
      const key = randomUUID();
      const [first, second] = [ready(key, 1), ready(key, 2)];
      let proceed = (): void => undefined;
      const gate = new Promise<void>((resolve) => (proceed = resolve));
      const twin = worker(async (tx) => {
        await park(tx, first, 'handler', 'poison');
        await gate;
      });
      await eventually(async () => expect(await database.sql(`select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`)).not.toEqual([]), { what: 'the twin to hold its transaction' });
      const ours = consumer.apply([first, second], never);
      await eventually(async () => expect(await database.sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).not.toEqual([]), { what: 'us to wait for the twin' });
      proceed();
      await Promise.all([twin, ours]);
      expect(await applied(key)).toEqual([]);
      expect((await parked()).map((row) => row.reason)).toEqual(['handler', null]);
    });

    it('parking twice by twins parks once', async () => {
      const key = randomUUID();
      const event = ready(key, 1);
      poisoned.add(event.id);
      await Promise.all([consumer.apply([event], never), consumer.apply([event], never)]);
      expect(await parked()).toHaveLength(1);
    });

    it('an event that arrives while its key is redriven is applied after those redriven, and never lost', async () => {
      for (let round = 0; round < 20; round++) {
        const key = randomUUID();
        const events = [ready(key, 1), ready(key, 2)];
        poisoned.add(events[0]!.id);
        await consumer.apply(events, never);
        poisoned.clear();
        const at = { topic: 'refurbishment.device', key };
        await Promise.all([parking.redrive(OPS, at), consumer.apply([ready(key, 3)], never), parking.redrive(OPS, at)]);
        await parking.redrive(OPS, at);
        expect(await applied(key)).toEqual([1, 2, 3]);
      }
    });

    it('a consumer that holds behind a parked key makes a redrive wait, which then takes the held event too', async () => {
      const key = randomUUID();
      const [first, second] = [ready(key, 1), ready(key, 2)];
      poisoned.add(first.id);
      await consumer.apply([first], never);
      poisoned.clear();
      let redriving: Promise<unknown> = Promise.resolve();
      await worker(async (tx) => {
        expect(await holdParked(tx, await recordFresh(tx, [second]))).toEqual([]);
        redriving = parking.redrive(OPS, { topic: 'refurbishment.device', key });
        await eventually(async () => expect(await database.sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).not.toEqual([]), { what: 'the redrive to wait' });
      });
      await redriving;
      expect(await applied(key)).toEqual([1, 2]);
    });
  });
});
