import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName, typesConsumedBy } from '@lacollecte/contracts';
import pg from 'pg';
import type { System } from '../system.js';

const POLL_MS = 50;

/** Connections to every service's database, past what faults strike. */
export async function withDatabases<T>(system: System, work: (databases: ReadonlyMap<ServiceName, pg.Client>) => Promise<T>): Promise<T> {
  const databases = new Map<ServiceName, pg.Client>();
  try {
    for (const service of SERVICES) {
      const client = new pg.Client({ connectionString: system.databaseUrl(service), application_name: 'faults' });
      client.on('error', () => undefined); // whoever asks it next is told
      databases.set(service, client);
      await client.connect();
    }
    return await work(databases);
  } finally {
    for (const client of databases.values()) await client.end();
  }
}

/**
 * Waits until every service serves and what was decided by now has been published and heard by all whom it concerns, and
 * every job that is due has been done. What comes later doesn't count: people may be at work.
 * @param begun events older than this had been heard before the fault
 * @returns what still waits when the time is over, in words; undefined if nothing does
 */
export function caughtUp(system: System, begun: Date, timeoutMs: number): Promise<string | undefined> {
  return withDatabases(system, async (databases) => {
    const horizon = new Map<ServiceName, { position: string; now: Date }>();
    for (const [service, client] of databases) {
      const { rows } = await client.query<{ position: string; now: Date }>('select coalesce(max(position), 0) as position, now() as now from outbox');
      horizon.set(service, rows[0]!);
    }
    const unread = new Map<ServiceName, Set<string>>();
    for (const reader of SERVICES) unread.set(reader, new Set((await Promise.all([...databases].map(([writer, client]) => writtenFor(client, reader, horizon.get(writer)!.position, begun)))).flat()));
    for (const deadline = Date.now() + timeoutMs; ; await sleep(POLL_MS)) {
      const waiting: string[] = [];
      for (const [service, client] of databases) {
        if (!(await system.process(service).healthy())) waiting.push(`${service} does not serve`);
        const { position, now } = horizon.get(service)!;
        const { rows } = await client.query<{ unsent: number; jobs: number }>(
          `select (select count(*)::int from outbox_pending where position <= $1 and parked_reason is null) as unsent,
             (select count(*)::int from job where done_at is null and created_at <= $2 and due_at <= now()) as jobs`,
          [position, now],
        );
        const open = unread.get(service)!;
        const heard = await client.query<{ id: string }>('select id from inbox where id = any($1)', [[...open]]);
        for (const { id } of heard.rows) open.delete(id);
        if (rows[0]!.unsent + rows[0]!.jobs + open.size > 0) waiting.push(`${service}: ${rows[0]!.unsent} to be published, ${rows[0]!.jobs} jobs, ${open.size} to be read`);
      }
      if (waiting.length === 0) return undefined;
      if (Date.now() > deadline) return waiting.join(', ');
    }
  });
}

async function writtenFor(client: pg.Client, reader: ServiceName, position: string, begun: Date): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id from outbox where position <= $1 and occurred_at > $2 and type = any($3)', [position, begun, typesConsumedBy(reader)]);
  return rows.map(({ id }) => id);
}
