import { randomUUID } from 'node:crypto';
import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { DatedRuleSet } from '../domain/grading.js';

/** Rule sets are added, never changed: what was graded by one stays explained. */
export async function addRuleSet(tx: Tx, set: DatedRuleSet): Promise<DatedRuleSet> {
  const added = await tx.execute(
    'insert into rule_set (id, categories, valid_from, scheme, created_by) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [set.id, set.categories, set.validFrom, JSON.stringify(set.scheme), tx.actor.subject],
  );
  if (added === 0) throw new DomainError('rule-set-known', { id: set.id });
  await tx.execute('insert into audit (id, actor, action, target, detail) values ($1, $2, $3, $4, $5)', [randomUUID(), tx.actor.subject, 'rule-set', set.id, JSON.stringify(set)]);
  return set;
}
