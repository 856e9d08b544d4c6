import { setTimeout as sleep } from 'node:timers/promises';
import { intake, OBSERVERS, type ServiceName } from '@lacollecte/contracts';
import { kafkaClient, type OutboxRow, toRecord } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import type { Client } from '../client.js';
import { ops } from '../people.js';
import { silent } from './distributed.js';
import { type Fault, type Ground, now, struck } from './fault.js';

const PARK_MS = 30_000;
/** Each parks what it can't read. */
const READERS: readonly ServiceName[] = ['refurbishment', ...OBSERVERS];
const { topic, type, example } = intake.DeviceReceived;

interface Parked {
  readonly reader: ServiceName;
  readonly topic: string;
  readonly key: string;
  readonly eventId: string;
  readonly reason: string;
}

/** What no relay of ours would ever send, and why it is parked; null: the broker takes none of it. */
const POISON: Readonly<Record<string, { of: (row: OutboxRow) => Partial<OutboxRow>; reason: string | null }>> = {
  'bad JSON': { of: () => ({ data: '{"deviceId": "' }), reason: 'undecodable' },
  'nothing at all': { of: () => ({ data: '' }), reason: 'undecodable' },
  'an unknown type': { of: () => ({ type: type.replace('.v1', '.v9') }), reason: 'unknown-type' },
  'a missing field': { of: ({ data }) => ({ data: data.replace(/"deviceId":"[^"]*",/, '') }), reason: 'schema' },
  'a new enum value': { of: ({ data }) => ({ data: data.replace('"category":"laptop"', '"category":"hologram"') }), reason: 'schema' },
  'as large as the broker lets in': { of: () => ({ data: 'x'.repeat(900_000) }), reason: 'undecodable' },
  '10 MB': { of: () => ({ data: 'x'.repeat(10_000_000) }), reason: null },
};

function plausible(): OutboxRow {
  const key = v7();
  return {
    position: '0', id: v7(), topic, key, version: 1, n: 0, type, occurred_at: new Date(), correlation_id: null, causation_id: null, traceparent: null,
    data: JSON.stringify({ ...example, deviceId: key }),
  };
}

/** Straight into the topic. Gives each one's key, and why the broker refused it, where it did. */
async function produce(url: string): Promise<Map<string, { key: string; refused: string | null }>> {
  const producer = kafkaClient(url, silent).producer({ retry: { retries: 0 }, allowAutoTopicCreation: false });
  await producer.connect();
  const sent = new Map<string, { key: string; refused: string | null }>();
  try {
    for (const [name, { of }] of Object.entries(POISON)) {
      const row = plausible();
      const { key, value, headers } = toRecord({ ...row, ...of(row) });
      const refused = await producer.send({ topic, messages: [{ key, value, headers }] }).then(() => null, (error: Error) => error.message);
      sent.set(name, { key: row.key, refused });
    }
  } finally {
    await producer.disconnect();
  }
  return sent;
}

async function parkedIn(client: Client): Promise<Parked[]> {
  const each = await Promise.all(READERS.map(async (reader) => ((await client.get(ops, `${reader}/parked`)) as unknown as Omit<Parked, 'reader'>[]).map((one) => ({ ...one, reader }))));
  return each.flat();
}

export const poisonFaults: readonly Fault[] = [
  {
    name: 'poisoned messages',
    strike: async ({ system, load }: Ground) => {
      const sent = await produce(system.platform.transport);
      const expected = Object.entries(POISON).map(([name, { reason }]) => ({ name, reason, ...sent.get(name)! }));
      for (const { name, reason, refused } of expected) struck((reason === null) === (refused !== null), `${name}: the broker said ${refused}`);
      const wanted = expected.filter(({ reason }) => reason !== null);
      let parked: Parked[] = [];
      for (const end = Date.now() + PARK_MS; Date.now() < end && !wanted.every(({ key }) => READERS.every((reader) => parked.some((one) => one.key === key && one.reader === reader))); await sleep(200)) parked = await parkedIn(load.client);
      const wrong = wanted.filter(({ key, reason }) => READERS.some((reader) => parked.find((one) => one.key === key && one.reader === reader)?.reason !== reason));
      struck(wrong.length === 0, `not parked as they should be: ${wrong.map(({ name }) => name).join(', ')}; parked: ${JSON.stringify(parked.map(({ key, reason }) => [key, reason]))}`);
      load.client.claim('nothing but poison was parked', async () => {
        const others = (await parkedIn(load.client)).filter(({ key }) => !wanted.some((one) => one.key === key));
        return others.length === 0 ? undefined : JSON.stringify(others);
      });
      for (const { reader, topic: of, key, eventId } of parked.filter((one) => wanted.some(({ key: own }) => own === one.key))) {
        await load.client.post(ops, `${reader}/parked/discard`, { body: { topic: of, key, eventId, reason: 'poison of the fault tests' } });
      }
      return now(`${wanted.map(({ name }) => name).join(', ')} were parked while the rest flowed; of 10 MB the broker said: ${sent.get('10 MB')!.refused}`);
    },
  },
];
