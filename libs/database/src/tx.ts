import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Actor } from './actor.js';
import type { Cause } from './context.js';

/** A row as the driver gives it. */
export type Row = Record<string, unknown>;

const names = new Map<string, string>();

/** Statements are prepared once a connection under a name made of their text, so texts must not vary with the data. */
export function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

/** One open transaction (READ COMMITTED) and what is known about why it runs. */
export class Tx {
  readonly #before: (() => Promise<void>)[] = [];
  readonly #last: (() => Promise<unknown>)[] = [];
  readonly #written = new Set<string>();
  #ended = false;
  /** The transaction that this one is a view of; itself where it is none. */
  readonly root: Tx;

  constructor(
    private readonly client: ClientBase,
    /** The database's `now()`: the only clock of the domain. */
    readonly now: Date,
    readonly actor: Actor,
    readonly cause: Cause,
    root?: Tx,
  ) {
    this.root = root ?? this;
  }

  /** The same transaction, doing something else's work: a consumer applies many events in one. */
  because(cause: Cause): Tx {
    return new Tx(this.client, this.now, this.actor, cause, this.root);
  }

  /** Rows of a statement whose text is constant. Values: `$1` … */
  async query<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const result = await this.#open.query<R & Row>({ name: nameOf(text), text, values: values as unknown[] });
    return result.rows;
  }

  /** The only row of a statement, or undefined. */
  async one<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R | undefined> {
    return (await this.query<R>(text, values))[0];
  }

  /** How many rows a statement changed. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    const result = await this.#open.query({ name: nameOf(text), text, values: values as unknown[] });
    return result.rowCount ?? 0;
  }

  /** Statements whose text is built (lists with filters): not prepared. */
  async dynamic<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const result = await this.#open.query<R & Row>(text, values as unknown[]);
    return result.rows;
  }

  /** Runs a part that may fail without the rest: an error undoes what it wrote and is thrown on. Announce events after it. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    await this.#open.query('savepoint attempt');
    try {
      const result = await work();
      await this.#open.query('release savepoint attempt');
      return result;
    } catch (error) {
      // Released too, or it would stand in the way of one around it, and of those after it add up.
      await this.#open.query('rollback to savepoint attempt; release savepoint attempt');
      throw error;
    }
  }

  /** Runs before the commit, after what the command itself does. */
  beforeCommit(hook: () => Promise<void>): void {
    this.root.#before.push(hook);
  }

  /** One of the transaction's last statements (the outbox), once every row is locked: sent together with the commit. */
  withCommit(statement: () => Promise<unknown>): void {
    this.root.#last.push(statement);
  }

  /** Says what was written, so that whoever waits for it is woken after the commit (a hint: must not matter if lost). */
  wrote(what: string): void {
    this.root.#written.add(what);
  }

  /** The connection, while it is ours: what was not waited for must not run in the transaction of whoever has it next. */
  get #open(): ClientBase {
    if (this.root.#ended) throw new Error('the transaction has ended: a statement of it was not waited for');
    return this.client;
  }

  /** @internal */
  end(): void {
    this.#ended = true;
  }

  /** @internal Gives the statements that go with the commit. */
  async flush(): Promise<readonly (() => Promise<unknown>)[]> {
    for (const hook of this.#before) await hook();
    return this.#last;
  }

  /** @internal */
  get written(): ReadonlySet<string> {
    return this.#written;
  }
}
