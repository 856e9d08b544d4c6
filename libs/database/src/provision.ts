import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DatabaseUrls } from './database.js';
import { migrate } from './database.js';
import { SetupError } from './setup-error.js';

/** Of the three roles of a service: the caller keeps them (a secret store, a file with mode 0600) or has new ones made each time. */
export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
  readonly worker: string;
}

export interface ProvisionedUrls extends DatabaseUrls {
  /** Owns the tables: for migrations only, a process refuses to serve with it. */
  readonly owner: string;
}

export function newPasswords(): RolePasswords {
  const password = (): string => randomBytes(24).toString('hex');
  return { owner: password(), app: password(), worker: password() };
}

/** Any number: everyone who provisions on this server takes the same lock. */
const LOCK = 7_126_004;

/** For one statement: a person waits for the first, nobody for the second. */
const STATEMENT_TIMEOUT = { app: '15s', worker: '60s' } as const;

/**
 * Brings a service's roles and database into being, or up to date: `<service>_owner`, `_app` and `_worker` (none superuser,
 * none past row-level security), the database (owned by the owner, closed to everyone else), its migrations and the grants.
 * May be repeated, and run by several processes at once.
 * @param service a service's name, or that of another owner of a database (`transport`, `queues`)
 * @param superuserUrl of a role that may create roles and databases, to the server's `postgres` database
 * @throws SetupError `newer-version` if the database has migrations that this version does not know
 */
export async function provision(
  superuserUrl: string,
  service: string,
  migrations: readonly Function[],
  passwords: RolePasswords = newPasswords(),
  database: string = service,
): Promise<ProvisionedUrls> {
  if (![service, database].every((name) => /^[a-z][a-z0-9_]{0,50}$/.test(name))) throw new Error(`not a name for roles or a database: ${service}, ${database}`);
  const urls = urlsOf(superuserUrl, service, passwords, database);
  await using(superuserUrl, async (server) => {
    await server.query('select pg_advisory_lock($1)', [LOCK]);
    await createRoles(server, service, passwords);
    await createDatabase(server, service, database);
    await using(at(superuserUrl, database), async (client) => {
      await refuseNewer(client, service, migrations);
      await client.query(defaultGrants(service));
      await migrate(urls.owner, [...migrations]);
      await client.query(grants(service));
    });
  });
  return urls;
}

/** The addresses of a provisioned database. */
export function urlsOf(superuserUrl: string, service: string, passwords: RolePasswords, database: string): ProvisionedUrls {
  const as = (role: keyof RolePasswords): string => {
    const url = new URL(at(superuserUrl, database));
    url.username = `${service}_${role}`;
    url.password = passwords[role];
    return url.href;
  };
  return { owner: as('owner'), app: as('app'), worker: as('worker') };
}

/** Owned by the service, and nobody but its roles may connect: this is not copied with a template. */
export async function ownDatabase(server: Client, service: string, database: string): Promise<void> {
  await server.query(`alter database ${database} owner to ${service}_owner`);
  await server.query(`revoke all on database ${database} from public; grant connect on database ${database} to ${service}_app, ${service}_worker`);
}

async function createRoles(server: Client, service: string, passwords: RolePasswords): Promise<void> {
  for (const role of ['owner', 'app', 'worker'] as const) {
    const name = `${service}_${role}`;
    const known = await server.query('select 1 from pg_roles where rolname = $1', [name]);
    const verb = known.rowCount ? 'alter' : 'create';
    await server.query(`${verb} role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${server.escapeLiteral(passwords[role])}`);
    if (role === 'owner') continue;
    await server.query(`alter role ${name} set lock_timeout = '5s'; alter role ${name} set idle_in_transaction_session_timeout = '10s';
      alter role ${name} set statement_timeout = '${STATEMENT_TIMEOUT[role]}'`);
  }
}

async function createDatabase(server: Client, service: string, database: string): Promise<void> {
  const known = await server.query('select 1 from pg_database where datname = $1', [database]);
  if (!known.rowCount) await server.query(`create database ${database} template template0`);
  await ownDatabase(server, service, database);
}

async function refuseNewer(client: Client, service: string, migrations: readonly Function[]): Promise<void> {
  const table = await client.query<{ known: boolean }>(`select to_regclass('public.migration') is not null as known`);
  if (!table.rows[0]?.known) return;
  const names = migrations.map((migration) => migration.name);
  const unknown = await client.query<{ name: string }>('select name from public.migration where name <> all ($1) order by name limit 1', [names]);
  const first = unknown.rows[0];
  if (first) throw new SetupError('newer-version', `the data of ${service} was written by a newer version (${first.name}): update the project, or choose another folder with --data`);
}

function defaultGrants(service: string): string {
  const roles = `${service}_app, ${service}_worker`;
  return `
    revoke create on schema public from public;
    grant usage on schema public to ${roles};
    alter default privileges for role ${service}_owner in schema public grant select, insert, update, delete on tables to ${roles};
    alter default privileges for role ${service}_owner in schema public grant usage, select on sequences to ${roles};`;
}

function grants(service: string): string {
  const roles = `${service}_app, ${service}_worker`;
  return `
    grant select, insert, update, delete on all tables in schema public to ${roles};
    grant usage, select on all sequences in schema public to ${roles};
    revoke all on public.migration from ${roles};
    grant select on public.migration to ${roles};`;
}

function at(superuserUrl: string, database: string): string {
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** A connection of its own for `work`; ending it gives up its locks. */
async function using<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'provision' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
