import { randomUUID } from 'node:crypto';
import { defineEvent, intake, MAX_EVENT_BYTES } from '@lacollecte/contracts';
import { createTestDatabase, eventually, type TestDatabase } from '@lacollecte/testing';
import pg from 'pg';
import { z } from 'zod';
import { append } from './outbox.js';
import { eventRelay, relayEvents } from './relay.js';
import { MessagingTestTables1700000000002, silent } from './testing.conformance.js';
import type { OutgoingRecord, SendResult } from './transport.js';

const LOT = intake.LotChanged;

/** A transport that keeps what it is sent, and answers as the test says. */
class Recorder {
  readonly sent: OutgoingRecord[] = [];
  answer: (record: OutgoingRecord) => SendResult['status'] = () => 'acknowledged';

  async send(records: readonly OutgoingRecord[]): Promise<SendResult[]> {
    return records.map((record) => {
      const status = this.answer(record);
      if (status === 'acknowledged') this.sent.push(record);
      if (status === 'acknowledged') return { status, partition: 0 };
      return status === 'held' ? { status } : { status, error: new Error(`the broker says ${status}`) };
    });
  }

  versions(key?: string): string[] {
    return this.sent.filter((r) => key === undefined || r.key === key).map((r) => r.headers.ce_version!.toString());
  }
}

describe('the relay', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let recorder: Recorder;

  beforeAll(async () => {
    database = await createTestDatabase('intake', [MessagingTestTables1700000000002]);
    client = new pg.Client({ connectionString: database.urls.worker });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.close();
  });
  beforeEach(async () => {
    await database.sql('truncate outbox, outbox_pending');
    recorder = new Recorder();
  });

  const announce = (key: string, ...versions: number[]): Promise<void> =>
    database.worker(async (tx) => {
      for (const version of versions) append(tx, LOT, { key, version }, { ...LOT.example, lotId: key, siteId: null });
    });
  const unmarked = async (): Promise<number[]> => (await database.sql<{ version: number }>('select version from outbox join outbox_pending using (position) order by position')).map((r) => r.version);

  it('publishes in the order of positions, as CloudEvents, and marks what was acknowledged', async () => {
    const key = randomUUID();
    await announce(key, 1, 2);
    await announce(key, 3);
    expect(await relayEvents(client, recorder, silent)).toBe(3);
    expect(recorder.versions()).toEqual(['1', '2', '3']);
    const { headers } = recorder.sent[0]!;
    expect(headers.ce_type!.toString()).toBe('tech.lacollecte.intake.lot-changed.v1');
    expect(headers.ce_specversion!.toString()).toBe('1.0');
    expect(headers.ce_correlationid!.toString()).toBe(key);
    expect(await unmarked()).toEqual([]);
    expect(await relayEvents(client, recorder, silent)).toBe(0);
  });

  it('publishes what committed late, though its position is lower than what is already marked', async () => {
    const [slow, quick] = [randomUUID(), randomUUID()];
    const other = new pg.Client({ connectionString: database.urls.worker });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(
        `insert into outbox (id, topic, key, version, n, type, occurred_at, data) values ($1, 'intake.lot', $2, 1, 0, $3, now(), '{}')`,
        [randomUUID(), slow, LOT.type],
      );
      await other.query(`insert into outbox_pending select currval('outbox_position_seq')`);
      await announce(quick, 1);
      await relayEvents(client, recorder, silent);
      expect(recorder.sent.map((r) => r.key)).toEqual([quick]);
      await other.query('commit');
    } finally {
      await other.end();
    }
    await relayEvents(client, recorder, silent);
    expect(recorder.sent.map((r) => r.key)).toEqual([quick, slow]);
    expect(await unmarked()).toEqual([]);
  });

  it('keeps what the broker did not take, in order, and says so', async () => {
    const key = randomUUID();
    await announce(key, 1, 2);
    recorder.answer = () => 'retry';
    await expect(relayEvents(client, recorder, silent)).rejects.toThrow('the broker says retry');
    expect(await unmarked()).toEqual([1, 2]);
    recorder.answer = () => 'acknowledged';
    await relayEvents(client, recorder, silent);
    expect(recorder.versions()).toEqual(['1', '2']);
  });

  it('publishes a long backlog in order, each row once, and nothing beyond what was not taken', async () => {
    const key = randomUUID();
    const all = Array.from({ length: 1_200 }, (_, i) => String(i + 1));
    await announce(key, ...all.map(Number));
    recorder.answer = ({ headers }) => (headers.ce_version!.toString() === '500' ? 'retry' : 'acknowledged');
    await expect(relayEvents(client, recorder, silent)).rejects.toThrow('the broker says retry');
    expect(recorder.versions()).toEqual(all.slice(0, 499));
    recorder.answer = () => 'acknowledged';
    expect(await relayEvents(client, recorder, silent)).toBe(701);
    expect(recorder.versions()).toEqual(all);
    expect(await unmarked()).toEqual([]);
  });

  it('holds the key of a row that can never be sent, and lets the others flow', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    await announce(bad, 1, 2);
    await announce(good, 1);
    recorder.answer = ({ key, headers }) => (key === good ? 'acknowledged' : headers.ce_version!.toString() === '1' ? 'refused' : 'held');
    await relayEvents(client, recorder, silent);
    recorder.answer = () => 'acknowledged';
    await announce(bad, 3);
    await announce(good, 2);
    await relayEvents(client, recorder, silent);
    expect(recorder.versions(good)).toEqual(['1', '2']);
    expect(recorder.versions(bad)).toEqual([]);
    expect(await database.sql('select version, parked_reason from outbox join outbox_pending using (position) where key = $1 order by position', [bad])).toEqual([
      { version: 1, parked_reason: 'the broker says refused' },
      { version: 2, parked_reason: null },
      { version: 3, parked_reason: null },
    ]);
  });

  it('has one active relay of two; the other takes over when it stops', async () => {
    const key = randomUUID();
    const recorders = [new Recorder(), new Recorder()];
    const relays = recorders.map((r) => eventRelay('intake', database.urls.worker, r, silent));
    for (const relay of relays) relay.start();
    try {
      for (let version = 1; version <= 20; version++) {
        await announce(key, version);
        relays[version % 2]!.wake();
      }
      await eventually(async () => expect(await unmarked()).toEqual([]), { what: 'everything to be published' });
      const active = recorders.findIndex((r) => r.sent.length > 0);
      expect(recorders.map((r) => r.sent.length).sort()).toEqual([0, 20]);
      await relays[active]!.stop();
      await announce(key, 21);
      await eventually(async () => expect(recorders[1 - active]!.versions()).toEqual(['21']), { what: 'the other relay to take over' });
    } finally {
      await Promise.all(relays.map((relay) => relay.stop()));
    }
  });

  it('refuses data that does not fit the contract, and what is too large, before anything is written', async () => {
    const misfit = { ...LOT.example, siteId: null, declared: -1 };
    await expect(database.worker(async (tx) => append(tx, LOT, { key: 'k', version: 1 }, misfit))).rejects.toThrow(/declared/);
    const Large = defineEvent('intake.lot', 'test-large', [], { text: z.string() }, { text: '' });
    const large = { text: 'é'.repeat(MAX_EVENT_BYTES / 2) };
    await expect(database.worker(async (tx) => append(tx, Large, { key: 'k', version: 1 }, large))).rejects.toThrow(/larger than 65536 bytes/);
    expect(await unmarked()).toEqual([]);
  });
});
