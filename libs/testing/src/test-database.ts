import { createHash, randomBytes } from 'node:crypto';
import type { ServiceName } from '@lacollecte/contracts';
import { type Actor, Database, NO_CAUSE, ownDatabase, type ProvisionedUrls, provision, type Row, SYSTEM, type Tx, urlsOf } from '@lacollecte/database';
import { Client } from 'pg';
import { eventually } from './eventually.js';
import { SERVER_VARIABLE } from './jest/test-server.js';

/** A service's own database, alone with one test file. */
export interface TestDatabase {
  readonly urls: ProvisionedUrls & { readonly superuser: string };
  readonly database: Database;
  /** As superuser, past every policy. */
  sql<R extends object = Row>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** One transaction of the role `app`, as this person, under row-level security. */
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction of the role `worker`, as the system. */
  worker<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Closes the pools and drops the database. @throws Error if a transaction or a connection of the test is still open */
  close(): Promise<void>;
}

const LOCK = 7_126_005;

/** The run's server. @throws Error outside of a Jest run with this project's configuration */
export function serverUrl(): string {
  const url = process.env[SERVER_VARIABLE];
  if (!url) throw new Error(`${SERVER_VARIABLE} is not set: Jest's globalSetup has not run`);
  return url;
}

/**
 * A fresh database with these migrations, cloned from a template that is made once in a run, under its three roles.
 * @param migrations PlatformTables first, then the service's own
 */
export async function createTestDatabase(service: ServiceName | 'gateway', migrations: readonly Function[]): Promise<TestDatabase> {
  const server = serverUrl();
  const secret = new URL(server).password;
  const passwords = { owner: secret, app: secret, worker: secret };
  const digest = createHash('sha256').update(migrations.map(String).join('\n')).digest('hex').slice(0, 16);
  const template = `template_${service}_${digest}`;
  const name = `test_${service}_${randomBytes(6).toString('hex')}`;
  const admin = await connect(server);
  try {
    await admin.query('select pg_advisory_lock($1)', [LOCK]);
    const made = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
    if (!made.rowCount) {
      await provision(server, service, migrations, passwords, template);
      await admin.query(`alter database ${template} is_template true`);
    }
    await admin.query(`create database ${name} template ${template}`);
    await ownDatabase(admin, service, name);
  } finally {
    await admin.end();
  }
  const superuser = new URL(server);
  superuser.pathname = `/${name}`;
  const urls = { ...urlsOf(server, service, passwords, name), superuser: superuser.href };
  const client = await connect(urls.superuser);
  const database = await Database.open(service, urls);
  return {
    urls,
    database,
    sql: async <R extends object>(text: string, values: readonly unknown[] = []) => (await client.query(text, [...values])).rows as R[],
    as: (who, work) => database.app.transaction(who, NO_CAUSE, work),
    worker: (work) => database.worker.transaction(SYSTEM, NO_CAUSE, work),
    close: () => close(database, client, name),
  };
}

async function close(database: Database, client: Client, name: string): Promise<void> {
  const others = (condition: string) => async (): Promise<void> => {
    const sessions = await client.query<{ application_name: string; state: string; query: string }>(
      `select application_name, state, query from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and ${condition}`,
    );
    const first = sessions.rows[0];
    if (first) throw new Error(`${sessions.rowCount} left, one of "${first.application_name}", ${first.state}, last statement: ${first.query}`);
  };
  try {
    await eventually(others(`state <> 'idle'`), { what: 'every transaction of the test has ended', timeoutMs: 2_000 });
    await database.close();
    await eventually(others('true'), { what: 'every connection of the test is closed', timeoutMs: 2_000 });
  } finally {
    await client.end();
    const admin = await connect(serverUrl());
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'testing' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
