import type { UseQueryResult } from '@tanstack/react-query';
import { refurbishment } from '../../../api/clients.js';
import type { components } from '../../../api/generated/refurbishment.js';
import { today } from './day.js';

export type RuleSet = components['schemas']['Rules.list'];

/** Newest first. The client's types make lists of any length of the pairs in a table. */
export const useRuleSets = () => refurbishment.useQuery('get', '/api/refurbishment/rule-sets') as UseQueryResult<RuleSet[]>;

/** Whether a set is in force: `partly`, where a newer one has taken over some of its categories. `all`: newest first, as they are listed. */
export function standingOf(set: RuleSet, all: readonly RuleSet[], day = today()): 'now' | 'partly' | 'ahead' | 'past' {
  if (set.validFrom > day) return 'ahead';
  const inForce = set.categories.filter((category) => all.find((one) => one.validFrom <= day && one.categories.includes(category)) === set);
  if (inForce.length === set.categories.length) return 'now';
  return inForce.length > 0 ? 'partly' : 'past';
}
