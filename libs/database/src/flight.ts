import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import pg, { type ClientBase, Query, type QueryResult } from 'pg';

/** A statement of constant text. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** The text was built: not prepared. */
  readonly dynamic?: boolean;
  /** Fails as `Stale` where it changed nothing. */
  readonly guarded?: boolean;
}

/** A guarded change changed nothing: the row was no longer at its version. */
export class Stale extends Error {}
/** What the end of a guarded change does where there is nothing to count. */
const DIVISION_BY_ZERO = '22012';

const names = new Map<string, string>();

/** Statements are prepared once a connection under a name made of their text, so texts must not vary with the data. */
function nameOf({ text, dynamic }: Statement): string {
  if (dynamic) return '';
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

/** Names of what was prepared on a connection, or is about to be by what was sent. */
const prepared = new WeakMap<Connection, Set<string>>();

/** How the driver writes a value down. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/** What the driver's connection can do, and what its query is to its client. */
interface Connection {
  readonly stream: Writable;
  close(message: { type: 'S'; name: string }): void;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: null): void;
  sync(): void;
}
interface DriverQuery {
  callback: (error: Error | null, results: QueryResult | QueryResult[]) => void;
  submit(connection: Connection): Error | null;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

/**
 * Several statements as one write, one Sync and one answer: each by itself would wake the server and be woken by it. Where one fails the
 * server skips those behind it: a commit too.
 */
class Flight extends (Query as unknown as new (text: string) => DriverQuery) {
  #answered = 0;

  constructor(
    private readonly statements: readonly Statement[],
    override readonly callback: DriverQuery['callback'],
  ) {
    super('');
  }

  override submit(connection: Connection): Error | null {
    try {
      // First, because a value may refuse to be written down.
      const values = this.statements.map((statement) => (statement.values ?? []).map((value) => prepareValue(value)));
      connection.stream.cork();
      for (const [i, statement] of this.statements.entries()) send(connection, statement, values[i]!);
      connection.sync();
      connection.stream.uncork();
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    this.#answered++;
    super.handleCommandComplete(message, connection);
  }

  /** From the one that failed on, nobody knows what was prepared. */
  override handleError(error: Error & { code?: string }, connection: Connection): void {
    const unanswered = this.statements.slice(this.#answered);
    for (const statement of unanswered) prepared.get(connection)?.delete(nameOf(statement));
    super.handleError(unanswered[0]?.guarded && error.code === DIVISION_BY_ZERO ? new Stale('changed nothing', { cause: error }) : error, connection);
  }
}

function send(connection: Connection, statement: Statement, values: readonly unknown[]): void {
  const known = prepared.get(connection) ?? new Set();
  prepared.set(connection, known);
  const name = nameOf(statement);
  if (!known.has(name)) {
    // It may be there after an error; closing what is not there is none.
    connection.close({ type: 'S', name });
    connection.parse({ name, text: statement.text });
    if (name !== '') known.add(name);
  }
  connection.bind({ statement: name, values });
  connection.describe({ type: 'P', name: '' });
  connection.execute(null);
}

interface Waiting {
  readonly statement: Statement;
  resolve(result: QueryResult): void;
  reject(error: unknown): void;
}

/** What a transaction says to its connection: what it says in one tick leaves as one flight. */
export class Line {
  #waiting: Waiting[] = [];
  #leaving = false;
  #ended = false;

  constructor(private readonly client: ClientBase) {}

  /** The answer to a statement. An error is that of the first one of its flight that failed. */
  async say(statement: Statement): Promise<QueryResult> {
    this.#refuseLate();
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.push({ statement, resolve, reject });
        if (!this.#leaving) queueMicrotask(() => this.#leave());
        this.#leaving = true;
      });
    } catch (error) {
      // With the stack of who said it instead of the socket's.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }

  /** Leaves with what is said next: an error of it is the error of that. */
  sayWithNext(statement: Statement): void {
    this.#refuseLate();
    this.#waiting.push({ statement, resolve: () => undefined, reject: () => undefined });
  }

  /** Nothing is said after this. */
  end(): void {
    this.#ended = true;
    this.#leave();
  }

  /** What was not waited for must not run in the transaction of whoever has the connection next. */
  #refuseLate(): void {
    if (this.#ended) throw new Error('the transaction has ended: a statement of it was not waited for');
  }

  #leave(): void {
    const flight = this.#waiting.splice(0);
    this.#leaving = false;
    if (flight.length === 0) return;
    const answered = (error: Error | null, results: QueryResult | QueryResult[]): void => {
      if (error) for (const { reject } of flight) reject(error);
      else for (const [i, result] of [results].flat().entries()) flight[i]!.resolve(result);
    };
    this.client.query(new Flight(flight.map(({ statement }) => statement), answered) as never);
  }
}
