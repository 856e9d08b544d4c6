import { setTimeout as sleep } from 'node:timers/promises';
import { PARTITIONS, SERVICES } from '@lacollecte/contracts';
import { type OutboxRow, partitionOf, toRecord } from '@lacollecte/messaging';
import { withDatabases } from './backlog.js';
import { type Fault, now, struck } from './fault.js';
import type { Random } from '../random.js';
import { decidedAfter, insteadOfRelays, untilRead } from './topics.js';

const REPEAT_MS = 10_000;
const HELD_MS = 4_000;

/** Keys in another order, what is of one key in its own. */
function shuffled(rows: readonly OutboxRow[], random: Random): OutboxRow[] {
  const keys = [...Map.groupBy(rows, ({ topic, key }) => `${topic} ${key}`).values()].map((of) => ({ of: [...of], at: random.next() }));
  return keys.toSorted((a, b) => a.at - b.at).flatMap(({ of }) => of);
}

/** How often, within a partition, something decided later is said before something of another key. */
function inversions(rows: readonly OutboxRow[]): number {
  const partitions = Map.groupBy(rows, ({ topic, key }) => `${topic}/${partitionOf(key, PARTITIONS)}`);
  return [...partitions.values()].reduce((sum, of) => sum + of.filter((row, i) => i > 0 && BigInt(row.position) < BigInt(of[i - 1]!.position)).length, 0);
}

export const messageFaults: readonly Fault[] = [
  {
    name: 'every message delivered 1–5 times',
    strike: async ({ system, random }) => {
      const times = [0, 0, 0, 0, 0];
      await withDatabases(system, async (databases) => {
        const positions = new Map<string, string>();
        for (const [service, database] of databases) positions.set(service, (await database.query<{ at: string }>('select coalesce(max(position), 0) as at from outbox')).rows[0]!.at);
        await system.platform.withTransport(async (transport) => {
          for (const end = Date.now() + REPEAT_MS; Date.now() < end; await sleep(100)) {
            for (const [service, database] of databases) {
              const rows = await decidedAfter(database, positions.get(service)!);
              positions.set(service, rows.at(-1)?.position ?? positions.get(service)!);
              // Before the relay's own, or after it; a key's in order each time.
              const again: OutboxRow[][] = [[], [], [], []];
              for (const row of rows) {
                const more = random.between(0, 4);
                times[more]!++;
                for (let i = 0; i < more; i++) again[i]!.push(row);
              }
              for (const part of again) {
                const results = await transport.send(part.map(toRecord));
                struck(results.every(({ status }) => status === 'acknowledged'), 'the broker did not take what was repeated');
              }
            }
          }
        });
      });
      const [once, ...more] = times as [number, number, number, number, number];
      struck(more.every((n) => n > 0), `delivered once to five times: ${times.join(', ')}`);
      const blow = now(`${once + more.reduce((a, b) => a + b)} messages, delivered once to five times: ${times.join(', ')}; all was read`);
      await untilRead(system.platform);
      return blow;
    },
  },
  {
    name: 'messages out of order across keys',
    strike: async (ground) => {
      let [said, turned] = [0, 0];
      await insteadOfRelays(ground, HELD_MS, (pending) =>
        ground.system.platform.withTransport(async (transport) => {
          // What comes last of all first.
          for (const service of [...SERVICES].toReversed()) {
            const rows = shuffled(pending.get(service)!, ground.random);
            said += rows.length;
            turned += inversions(rows);
            await transport.send(rows.map(toRecord));
          }
        }));
      struck(turned > 0, `${said} messages, and none before one of another key that was decided earlier`);
      return now(`${said} messages in another order, ${turned} times a later one of another key first in its partition`);
    },
  },
  {
    name: 'old and new version of an event together',
    strike: async (ground) => {
      const [old, newer] = [[], []] as [OutboxRow[], OutboxRow[]];
      await insteadOfRelays(ground, HELD_MS, (pending) =>
        ground.system.platform.withTransport(async (transport) => {
          for (const rows of pending.values()) {
            const mixed = rows.map((row) => {
              const next = ground.random.next() < 0.5;
              const made = next ? { ...row, data: JSON.stringify({ ...(JSON.parse(row.data) as object), addedLater: { note: 'by a newer version' } }) } : row;
              (next ? newer : old).push(made);
              return made;
            });
            await transport.send(mixed.map(toRecord));
          }
        }));
      struck(old.length > 0 && newer.length > 0, `${old.length} of the old version, ${newer.length} of the new`);
      return now(`${newer.length} events carried a field that this version doesn't know, among ${old.length} that did not`);
    },
  },
];
