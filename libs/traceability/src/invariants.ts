import type { Invariant } from '@lacollecte/runtime';

/** What was applied of what was heard: neither given up nor parked. */
const APPLIED = `from inbox i where i.version is not null and i.discarded_at is null and not exists (select from parked_event p where p.id = i.id)`;

export const invariants: readonly Invariant[] = [
  {
    name: 'history-complete',
    says: 'Every event that was heard stands in the history, once, with the version it came with.',
    examined: `select count(*)::int as n ${APPLIED}`,
    violations: `select i.id, 'heard, and not in the history as it came' as detail ${APPLIED}
        and not exists (select from occurrence o where o.id::text = i.id and (o.topic, o.key::text, o.version, o.n, o.type) = (i.topic, i.key, i.version, i.n, i.type))
      union all select o.id::text, 'in the history, and never heard' from occurrence o where not exists (select from inbox i where i.id = o.id::text)`,
  },
  {
    name: 'devices-have-arrived',
    says: 'Every device that the workshop knows was received, and its lot is known.',
    examined: `select count(*)::int as n from work`,
    violations: `select w.id::text as id, case when a.id is null then 'in the workshop, and never received' else 'its lot is unknown' end as detail
      from work w left join arrival a on a.id = w.id left join lot l on l.id = a.lot_id
      where (a.id is null or l.id is null) and w.at < now() - interval '1 hour'`,
  },
];
