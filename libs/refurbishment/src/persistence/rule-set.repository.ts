import type { Category } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { DatedRuleSet, RuleSet } from '../domain/grading.js';

/** The newest set in force for a category, by the day in Paris. */
export function ruleSetFor(tx: Tx, category: Category): Promise<RuleSet | undefined> {
  return tx.one<RuleSet>(
    `select id, categories, scheme from rule_set where $1 = any(categories) and valid_from <= (now() at time zone 'Europe/Paris')::date
     order by valid_from desc, created_at desc limit 1`,
    [category],
  );
}

export function listRuleSets(tx: Tx): Promise<DatedRuleSet[]> {
  return tx.query<DatedRuleSet>(
    `select id, categories, to_char(valid_from, 'YYYY-MM-DD') as "validFrom", scheme from rule_set order by valid_from desc, created_at desc, id`,
  );
}
