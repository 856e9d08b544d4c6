import { isDeepStrictEqual } from 'node:util';
import type { Actor } from './actor.js';
import type { Cause } from './context.js';
import type { Line, Statement } from './flight.js';

/** A row as the driver gives it. */
export type Row = Record<string, unknown>;

declare const guarded: unique symbol;
/** The text of a change that fails where it does not change every row that it is of. */
export type GuardedChange = string & { readonly [guarded]: true };

/**
 * The text of a guarded change whose `with changed as (update … where id = $1 and version = $2 returning …)` may be followed by more of the kind.
 * The server itself refuses one of fewer rows than `rows` says (in SQL), so that a commit sent behind it commits nothing.
 */
export function orStale(changes: string, rows = '1'): GuardedChange {
  return `${changes} select 1 / (count(*) = ${rows})::int from changed` as GuardedChange;
}

/** The rows of a statement that was sent for with the beginning of a transaction, for whoever comes to ask for them first. */
export class Ahead {
  #rows: Row[] | undefined;

  constructor(
    private readonly statement: Statement,
    rows: Row[],
  ) {
    this.#rows = rows;
  }

  take(text: string, values: readonly unknown[]): Row[] | undefined {
    if (this.#rows === undefined || text !== this.statement.text || !isDeepStrictEqual(values, this.statement.values)) return undefined;
    const rows = this.#rows;
    this.#rows = undefined;
    return rows;
  }
}

/** One open transaction (READ COMMITTED) and what is known about why it runs. */
export class Tx {
  readonly #before: (() => Promise<void>)[] = [];
  readonly #last: (() => Promise<unknown>)[] = [];
  readonly #written = new Set<string>();
  /** The transaction that this one is a view of; itself where it is none. */
  readonly root: Tx;

  constructor(
    private readonly line: Line,
    /** The database's `now()`: the only clock of the domain. */
    readonly now: Date,
    readonly actor: Actor,
    readonly cause: Cause,
    /** What was sent for with the beginning. */
    private readonly ahead: Ahead | undefined,
    root?: Tx,
  ) {
    this.root = root ?? this;
  }

  /** The same transaction, doing something else's work: a consumer applies many events in one. */
  because(cause: Cause): Tx {
    return new Tx(this.line, this.now, this.actor, cause, this.ahead, this.root);
  }

  /** Rows of a statement whose text is constant. Values: `$1` … */
  async query<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return (this.ahead?.take(text, values) ?? (await this.line.say({ text, values })).rows) as R[];
  }

  /** The only row of a statement, or undefined. */
  async one<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R | undefined> {
    return (await this.query<R>(text, values))[0];
  }

  /** How many rows a statement changed. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.line.say({ text, values })).rowCount ?? 0;
  }

  /** Statements whose text is built (lists with filters): not prepared. */
  async dynamic<R extends object = Row>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return (await this.line.say({ text, values, dynamic: true })).rows as R[];
  }

  /**
   * A change nobody waits for: it leaves with the next statement, at the latest with the commit. Where a row is no longer
   * at its version the transaction fails with DomainError `stale-version`.
   */
  change(text: GuardedChange, values: readonly unknown[]): void {
    this.line.sayWithNext({ text, values, guarded: true });
  }

  /** Runs a part that may fail without the rest: an error undoes what it wrote and is thrown on. Announce events after it. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    await this.line.say({ text: 'savepoint attempt' });
    try {
      const result = await work();
      await this.line.say({ text: 'release savepoint attempt' });
      return result;
    } catch (error) {
      // Released too, or it would stand in the way of one around it, and of those after it add up.
      await Promise.all([this.line.say({ text: 'rollback to savepoint attempt' }), this.line.say({ text: 'release savepoint attempt' })]);
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
