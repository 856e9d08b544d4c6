import { type Database, NO_CAUSE, requestContext, SYSTEM, type Tx } from '@lacollecte/database';
import { claim, storeResponse } from '@lacollecte/http';

/** Opens the transaction that a request's command or query runs in, as the person who asks. */
export class UnitOfWork {
  constructor(private readonly database: Database) {}

  /**
   * One transaction under the row-level policies of the caller. Where the request carries an idempotency key, the key is
   * claimed first and the answer stored last, in this same transaction: a repeated request gets the stored answer and
   * runs nothing.
   */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const context = requestContext.getStore();
    return this.database.app.transaction(context?.actor ?? SYSTEM, context?.cause ?? NO_CAUSE, async (tx) => {
      const key = context?.idempotency;
      if (!key) return work(tx);
      await claim(tx, key);
      const result = await work(tx);
      await storeResponse(tx, key, result);
      return result;
    });
  }
}
