import type { ServiceName } from '@lacollecte/contracts';
import { OutOfReach } from '@lacollecte/system';
import pg from 'pg';

/** Consumers before the producers they read from, as far as the flow is one: what a consumer has, its producer shows. */
const READING_ORDER: readonly ServiceName[] = ['traceability', 'dispatch', 'matching', 'inventory', 'refurbishment', 'intake', 'directory'];

/** SQLSTATE of a table or column that is not there. */
const OTHER_VERSION = new Set(['42P01', '42703']);

/** Databases as they were at one moment each. */
export class Snapshot {
  private constructor(
    private readonly clients: ReadonlyMap<ServiceName, pg.Client>,
    private readonly urls: ReadonlyMap<ServiceName, string>,
  ) {}

  /** @param urls of a role that row-level security does not bind @throws OutOfReach naming the service */
  static async take(urls: ReadonlyMap<ServiceName, string>): Promise<Snapshot> {
    const clients = new Map<ServiceName, pg.Client>();
    try {
      for (const service of READING_ORDER) {
        const client = await connect(service, urls.get(service) ?? '');
        clients.set(service, client);
        await client.query('begin isolation level repeatable read read only');
        await client.query('select 1'); // the snapshot is taken by the first statement
      }
      return new Snapshot(clients, urls);
    } catch (error) {
      await Promise.all([...clients.values()].map((client) => client.end()));
      throw error;
    }
  }

  async query<R extends pg.QueryResultRow>(service: ServiceName, text: string, values: readonly unknown[] = []): Promise<R[]> {
    return rowsOf<R>(this.clients.get(service)!, service, text, values);
  }

  /** As it is now: to see whether what the snapshot of a producer lacks has been there all along. */
  async queryNow<R extends pg.QueryResultRow>(service: ServiceName, text: string, values: readonly unknown[]): Promise<R[]> {
    const client = await connect(service, this.urls.get(service) ?? '');
    try {
      return await rowsOf<R>(client, service, text, values);
    } finally {
      await client.end();
    }
  }

  async release(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.end()));
  }
}

async function connect(service: ServiceName, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'check', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Rather an error than rows that a policy has left out.
    await client.query('set row_security = off');
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw outOfReach(service, error);
  }
}

async function rowsOf<R extends pg.QueryResultRow>(client: pg.Client, service: ServiceName, text: string, values: readonly unknown[]): Promise<R[]> {
  try {
    return (await client.query<R>(text, [...values])).rows;
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (OTHER_VERSION.has(code)) throw new OutOfReach(`the database of ${service} is of another version (${message}): start the system once, it upgrades itself`, { cause: error });
    if (code === '42501') throw new OutOfReach(`the database of ${service} shows this role only some rows: use a superuser or a role with BYPASSRLS`, { cause: error });
    if (code === '' || /^(08|57)/.test(code)) throw outOfReach(service, error);
    throw error;
  }
}

function outOfReach(service: ServiceName, error: unknown): OutOfReach {
  const { message, code, errors } = error as AggregateError & { code?: string };
  return new OutOfReach(`the database of ${service} is out of reach: ${message || errors?.[0]?.message || code}`, { cause: error });
}
