import type { IdempotencyClaim, Tx } from '@lacollecte/database';
import { DomainError } from '@lacollecte/contracts';

/** Thrown to roll back a repeated command and answer with what was answered before. */
export class Replayed extends Error {
  constructor(readonly response: unknown) {
    super('replayed');
  }
}

/** Takes the key for (subject, method, route); waits for a twin in flight. Throws Replayed, or 422 for another body. */
export async function claim(tx: Tx, key: IdempotencyClaim): Promise<void> {
  const where = [tx.actor.subject, key.method, key.route, key.key];
  const taken = await tx.execute(
    `insert into idempotency_key (subject, method, route, key, body_hash) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [...where, key.bodyHash],
  );
  if (taken === 1) return;
  const before = await tx.one<{ body_hash: string; response: unknown }>(
    `select body_hash, response from idempotency_key where subject = $1 and method = $2 and route = $3 and key = $4`,
    where,
  );
  if (before?.body_hash !== key.bodyHash) throw new DomainError('idempotency-key-reused');
  throw new Replayed(before.response);
}

/** Keeps the answer with the command's transaction. */
export async function storeResponse(tx: Tx, key: IdempotencyClaim, response: unknown): Promise<void> {
  await tx.execute(
    `update idempotency_key set response = $5 where subject = $1 and method = $2 and route = $3 and key = $4`,
    [tx.actor.subject, key.method, key.route, key.key, JSON.stringify(response ?? null)],
  );
}
