import { randomBytes } from 'node:crypto';
import { OutOfReach } from '@lacollecte/system';
import type { ServiceDefinition } from '@lacollecte/runtime';
import pg from 'pg';
import { compareAggregate, compareProjection, type Comparison } from './compare.js';
import { NotReplayable, rebuild } from './rebuild.js';

export interface ReplayOptions {
  /** Made as of that date, by when this service heard; null: of all that it heard. */
  readonly until: Date | null;
  /** The schema stays. */
  readonly keep: boolean;
}

export interface TableReport extends Comparison {
  readonly table: string;
  readonly kind: 'projection' | 'aggregate';
  /** That it was made of; of an aggregate nothing is made. */
  readonly events: number | null;
}

export interface ServiceReport {
  readonly service: string;
  /** Where the tables are that were made; null where they are gone again. */
  readonly schema: string | null;
  readonly tables: readonly TableReport[];
}

/**
 * Makes a service's projections again of the events that it has applied, in a schema that holds nothing else, and compares them with the
 * live ones; and its aggregates with what their newest events say. One transaction: what it reads is of one moment, nobody sees what it
 * writes, and it is rolled back unless the schema is to be kept.
 * @param url of a role that row-level security does not bind and that may create a schema
 * @throws OutOfReach, or NotReplayable
 */
export async function replay(url: string, definition: ServiceDefinition, options: ReplayOptions): Promise<ServiceReport> {
  const client = new pg.Client({ connectionString: url, application_name: 'replay', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await inOneTransaction(client, definition, options);
  } catch (error) {
    throw explained(definition.name, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function inOneTransaction(client: pg.Client, definition: ServiceDefinition, { until, keep }: ReplayOptions): Promise<ServiceReport> {
  const schema = `replay_${randomBytes(4).toString('hex')}`;
  await client.query('begin isolation level repeatable read');
  // Rather an error than rows that a policy has left out. Nothing but the new schema is found by name: neither outbox nor aggregate.
  await client.query(`set local row_security = off; create schema ${schema}; set local search_path = ${schema}`);
  const tables: TableReport[] = [];
  for (const projection of definition.projections) {
    const events = await rebuild(client, schema, projection, until);
    tables.push({ table: projection.table, kind: 'projection', events, ...(await compareProjection(client, schema, projection, until)) });
  }
  for (const aggregate of definition.aggregates) {
    tables.push({ table: aggregate.table, kind: 'aggregate', events: null, ...(await compareAggregate(client, aggregate)) });
  }
  await client.query(keep ? 'commit' : 'rollback');
  return { service: definition.name, schema: keep ? schema : null, tables };
}

/** SQLSTATE classes of a server that does not let us in or goes away; those of the operating system begin with E. */
const AWAY = /^(08|28|3D|57|E[A-Z])/;

function explained(service: string, error: unknown): unknown {
  const { code, message, errors } = error as AggregateError & { code?: string };
  if (error instanceof NotReplayable) return new NotReplayable(`${service}.${message}`, { cause: error });
  if (code === '42501') return new OutOfReach(`the database of ${service}: ${message}; a role is needed that may create a schema and sees every row`, { cause: error });
  if (code === '42P01' || code === '42703') return new OutOfReach(`the database of ${service} is of another version (${message}): start the system once, it upgrades itself`, { cause: error });
  if (code !== undefined && AWAY.test(code)) return new OutOfReach(`the database of ${service} is out of reach: ${message || errors?.[0]?.message || code}`, { cause: error });
  return error;
}
