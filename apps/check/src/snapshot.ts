import type { ServiceName } from '@lacollecte/contracts';
import pg from 'pg';

/** Consumers before the producers they read from, as far as the flow is one: what a consumer has, its producer shows. */
export const READING_ORDER: readonly ServiceName[] = ['dispatch', 'matching', 'inventory', 'refurbishment', 'intake', 'directory'];

/** Databases as they were at one moment each. */
export class Snapshot {
  private constructor(
    private readonly clients: ReadonlyMap<ServiceName, pg.Client>,
    private readonly urls: ReadonlyMap<ServiceName, string>,
  ) {}

  /** @throws Error naming the service whose database is out of reach */
  static async take(urls: ReadonlyMap<ServiceName, string>): Promise<Snapshot> {
    const clients = new Map<ServiceName, pg.Client>();
    try {
      for (const service of READING_ORDER) {
        const client = await connect(service, urls.get(service)!);
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
    return (await this.clients.get(service)!.query<R>(text, [...values])).rows;
  }

  /** As it is now: to see whether what the snapshot of a producer lacks has been there all along. */
  async queryNow<R extends pg.QueryResultRow>(service: ServiceName, text: string, values: readonly unknown[]): Promise<R[]> {
    const client = await connect(service, this.urls.get(service)!);
    try {
      return (await client.query<R>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async release(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.end()));
  }
}

async function connect(service: ServiceName, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'check' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`the database of ${service} is out of reach: ${(error as Error).message}`, { cause: error });
  }
  return client;
}
