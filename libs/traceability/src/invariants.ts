import type { Invariant } from '@lacollecte/runtime';

const APPLIED = `inbox i where i.version is not null and i.discarded_at is null and not exists (select from parked_event p where p.id = i.id)`;

export const invariants: readonly Invariant[] = [
  {
    name: 'heard-is-kept',
    says: 'Every event that was heard is kept as an occurrence.',
    examined: `select count(*)::int as n from ${APPLIED}`,
    violations: `select i.id, format('%s of %s', i.type, i.key) as detail from ${APPLIED} and not exists (select from occurrence o where o.id::text = i.id)`,
  },
];
