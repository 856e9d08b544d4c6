import { type Actor, type Cause, crashPoint, type Database, type IdempotencyClaim, NO_CAUSE, requestContext, type Statement, SYSTEM, type Tx } from '@lacollecte/database';
import { keep, lookUp, Replayed, replay } from './idempotency.js';

/** Opens the transaction that a request's command or query runs in, as the person who asks. */
export class UnitOfWork {
  constructor(private readonly database: Database) {}

  /**
   * One transaction under the row-level policies of the caller. Where the request carries an idempotency key, what was
   * answered under it is answered again and nothing runs; else the answer is kept with the command's own transaction. A query that
   * `work` will begin with can be sent `ahead`, with the beginning of the transaction, which saves a round trip.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, ahead?: Statement): Promise<T> {
    const { actor = SYSTEM, cause = NO_CAUSE, idempotency: key } = requestContext.getStore() ?? {};
    if (!key) return this.database.app.transaction(actor, cause, work, { ahead });
    crashPoint('http-before-begin');
    try {
      return await this.#once(actor, cause, key, work, ahead);
    } catch (error) {
      if (error instanceof Replayed) throw error;
      // A twin may have been at work beside us: it took the key, or changed what our command ran into. Its answer is ours.
      await this.database.app.transaction(actor, cause, async (_tx, seen) => replay(key, seen), { look: lookUp(actor.subject, key) });
      throw error;
    }
  }

  /**
   * A transaction beside the command's own, for what may be left behind where the command fails (parts of an upload). A
   * repeated request is answered as before here too; but no answer is kept: that is for `run`, which comes last.
   */
  async aside<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { actor = SYSTEM, cause = NO_CAUSE, idempotency: key } = requestContext.getStore() ?? {};
    if (!key) return this.database.app.transaction(actor, cause, work);
    return this.database.app.transaction(
      actor,
      cause,
      (tx, seen) => {
        replay(key, seen);
        return work(tx);
      },
      { look: lookUp(actor.subject, key) },
    );
  }

  #once<T>(actor: Actor, cause: Cause, key: IdempotencyClaim, work: (tx: Tx) => Promise<T>, ahead: Statement | undefined): Promise<T> {
    return this.database.app.transaction(
      actor,
      cause,
      async (tx, seen) => {
        replay(key, seen);
        const result = await work(tx);
        keep(tx, key, result);
        crashPoint('http-before-commit');
        return result;
      },
      { look: lookUp(actor.subject, key), ahead },
    );
  }
}
