import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';

/** Who did it, which events do not say. `detail` never names a person. */
export async function audit(tx: Tx, action: string, target: string, detail: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await tx.execute('insert into audit (id, actor, action, target, detail) values ($1, $2, $3, $4, $5)', [
    v7(), tx.actor.subject, action, target, JSON.stringify(detail),
  ]);
}
