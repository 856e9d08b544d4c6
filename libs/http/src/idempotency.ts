import { DomainError } from '@lacollecte/contracts';
import type { IdempotencyClaim, Row, Statement, Tx } from '@lacollecte/database';

/** Thrown to roll back a repeated command and answer with what was answered before. */
export class Replayed extends Error {
  constructor(readonly response: unknown) {
    super('replayed');
  }
}

/** Reads what was answered under this key. */
export function lookUp(subject: string, key: IdempotencyClaim): Statement {
  return {
    text: 'select body_hash, response from idempotency_key where subject = $1 and method = $2 and route = $3 and key = $4',
    values: [subject, key.method, key.route, key.key],
  };
}

/** Throws Replayed where the command was answered before, 422 where the key stood for another one. */
export function replay(key: IdempotencyClaim, [before]: readonly Row[]): void {
  if (!before) return;
  if (before.body_hash !== key.bodyHash) throw new DomainError('idempotency-key-reused');
  throw new Replayed(before.response);
}

/**
 * Keeps the answer under the key with the command's transaction. A twin that was first makes it fail, and with it the
 * whole transaction.
 */
export function keep(tx: Tx, key: IdempotencyClaim, response: unknown): void {
  tx.withCommit(() =>
    tx.execute('insert into idempotency_key (subject, method, route, key, body_hash, response) values ($1, $2, $3, $4, $5, $6)', [
      tx.actor.subject, key.method, key.route, key.key, key.bodyHash, JSON.stringify(response ?? null),
    ]),
  );
}
