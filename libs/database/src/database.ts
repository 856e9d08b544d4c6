import { EventEmitter } from 'node:events';
import { DomainError } from '@lacollecte/contracts';
import type { PoolClient } from 'pg';
import { DataSource, type MixedList } from 'typeorm';
import { type Actor, isStaff } from './actor.js';
import { type Cause, NO_CAUSE } from './context.js';
import { Line, Stale, type Statement } from './flight.js';
import { Ahead, type Row, Tx } from './tx.js';

/** `postgres://user:password@host:port/database` of one role. */
export interface DatabaseUrls {
  /** Under the row-level policies: HTTP. */
  readonly app: string;
  /** Sees every row: relay, consumers, jobs, sweeps. */
  readonly worker: string;
}

export interface PoolOptions {
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** A connection without an answer for so long is taken for dead; where it is not given, that of the worker role. */
  readonly answerMs?: number;
}

/** What makes a role unfit to serve: a superuser, the owner or BYPASSRLS would make every isolation rule vacuous. */
const UNFIT_ROLE = `select rolsuper or rolbypassrls or pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'member') as unfit,
  current_setting('fsync') = 'off' or current_setting('synchronous_commit') = 'off' as unsafe from pg_roles where rolname = current_user`;

/** The transaction's settings: who acts, for the policies. Gives the database's clock. */
const ENTER = `select now() as now, set_config('app.staff', $1, true), set_config('app.organisation', $2, true), set_config('app.subject', $3, true)`;

/** What a transaction reads first. */
export interface First {
  /** Its rows are handed to `work`. */
  readonly look?: Statement | undefined;
  /** Answers the first query of `work` with this text and these values (rows that it locks); in vain where there is none. */
  readonly ahead?: Statement | undefined;
}

/** Beyond the time after which the server ends a statement of the role: nobody is told of a connection that is dead. */
const ANSWER_MS = { app: 20_000, worker: 65_000 };

/** A pool of connections of one role, through TypeORM. */
export class Pool {
  /** Emits what a transaction said it wrote (`tx.wrote`), after its commit. */
  readonly committed = new EventEmitter();

  private constructor(readonly source: DataSource) {}

  /** Connects; refuses a role or server on which what we promise would not hold. */
  static async open(url: string, options: PoolOptions): Promise<Pool> {
    const source = new DataSource({
      type: 'postgres',
      url,
      applicationName: options.name,
      // Pipelined: statements that need not wait for each other's answer share a round trip.
      extra: { max: options.max, idleTimeoutMillis: 30_000, pipeline: true, query_timeout: options.answerMs ?? ANSWER_MS.worker },
    });
    await source.initialize();
    const [row] = (await source.query(UNFIT_ROLE)) as [{ unfit: boolean; unsafe: boolean }];
    if (row.unfit || row.unsafe) await source.destroy();
    if (row.unfit) throw new Error(`${options.name}: this database role is superuser, owner or bypasses row-level security; use the service's own app or worker role`);
    if (row.unsafe) throw new Error(`${options.name}: the PostgreSQL server has fsync or synchronous_commit off; turn both on`);
    return new Pool(source);
  }

  /**
   * Runs `work` in one transaction and commits; an error rolls back and is thrown on. What is read `first` is sent with the
   * beginning.
   */
  async transaction<T>(actor: Actor, cause: Cause, work: (tx: Tx, seen: readonly Row[]) => Promise<T>, first: First = {}): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const line = new Line(client);
      let tx: Tx;
      let result: T;
      try {
        const begun = await begin(line, actor, cause, first);
        tx = begun.tx;
        result = await work(tx, begun.seen);
        await commit(line, tx);
      } catch (error) {
        line.end();
        await client.query('ROLLBACK').catch(() => undefined);
        throw error instanceof Stale ? new DomainError('stale-version') : error;
      }
      for (const what of tx.written) this.committed.emit(what);
      return result;
    } finally {
      await runner.release();
    }
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}

async function begin(line: Line, actor: Actor, cause: Cause, { look, ahead }: First): Promise<{ tx: Tx; seen: readonly Row[] }> {
  const [, entered, seen, rows] = await Promise.all([
    line.say({ text: 'BEGIN' }),
    line.say({ text: ENTER, values: [String(isStaff(actor)), actor.organisationId ?? '', actor.subject] }),
    look && line.say(look),
    ahead && line.say(ahead),
  ]);
  const { now } = entered.rows[0] as { now: Date };
  return { tx: new Tx(line, now, actor, cause, ahead && rows && new Ahead(ahead, rows.rows)), seen: seen?.rows ?? [] };
}

/** What is written last shares the commit's flight: where any of it fails, the server does not come to the commit. */
async function commit(line: Line, tx: Tx): Promise<void> {
  const last = await tx.flush();
  const written = Promise.all(last.map((statement) => statement()));
  const answers = Promise.all([line.say({ text: 'COMMIT' }), written]);
  line.end();
  const [{ command }] = await answers;
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back by the server');
}

/** The two pools of a service. */
export class Database {
  constructor(
    readonly app: Pool,
    readonly worker: Pool,
  ) {}

  static async open(service: string, urls: DatabaseUrls, max = 10): Promise<Database> {
    const app = await Pool.open(urls.app, { max, name: `${service} app`, answerMs: ANSWER_MS.app });
    try {
      return new Database(app, await Pool.open(urls.worker, { max, name: `${service} worker` }));
    } catch (error) {
      await app.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.app.close(), this.worker.close()]);
  }
}

/** TypeORM migration classes, in order. */
export type Migrations = MixedList<Function>;

/** Applies the migrations of one database as its owner; returns the names of those applied. */
export async function migrate(ownerUrl: string, migrations: Migrations): Promise<string[]> {
  const source = new DataSource({ type: 'postgres', url: ownerUrl, migrations, migrationsTableName: 'migration', applicationName: 'migrate' });
  await source.initialize();
  try {
    const applied = await source.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

export { NO_CAUSE };
