import { result, type RuleResult, type Violation } from '../rule.js';

/** A rule on one entity as several services see it. */
export interface EntityRule<E> {
  readonly name: string;
  readonly says: string;
  /** Whether the rule speaks of this one. */
  examines(entity: E): boolean;
  /** What is wrong with it; undefined where it holds. */
  broken(entity: E): string | undefined;
}

/** Applies the rules to every entity of a walk. One that an event in flight names is excused: its services may still come to agree. */
export async function applyRules<E extends { id: string }>(
  entities: AsyncIterable<E>, rules: readonly EntityRule<E>[], named: ReadonlySet<string>,
): Promise<RuleResult[]> {
  const found = rules.map((rule) => ({ rule, examined: 0, excused: 0, violations: [] as Violation[] }));
  for await (const entity of entities) {
    for (const one of found) {
      if (!one.rule.examines(entity)) continue;
      one.examined++;
      const detail = one.rule.broken(entity);
      if (detail === undefined) continue;
      if (named.has(entity.id)) one.excused++;
      else one.violations.push({ id: entity.id, detail });
    }
  }
  return found.map(({ rule, examined, violations, excused }) => result('all services', rule.name, rule.says, examined, violations, excused));
}
