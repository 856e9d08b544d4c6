import type { Invariant } from '@lacollecte/runtime';

/** What holds at all times of people and organisations. */
export const invariants: readonly Invariant[] = [
  {
    name: 'people-in-their-place',
    says: 'People of an organisation have the roles of its activity only, staff have none of those; operators, and only they, have sites.',
    examined: 'select count(*)::int as n from person',
    violations: `select p.id::text as id, format('roles %s, organisation %s, sites %s', p.roles, o.activity, cardinality(p.site_ids)) as detail
      from person p left join organisation o on o.id = p.organisation_id
      where not p.roles <@ case o.activity when 'donor' then '{donor}'::text[] when 'structure' then '{structure,relay}' else '{coordinator,operator,ops,admin}' end
        or ('operator' = any(p.roles)) <> (cardinality(p.site_ids) > 0)`,
  },
  {
    name: 'approved-structures-have-terms',
    says: 'An approved structure has a quota, people it serves and an end of approval.',
    examined: `select count(*)::int as n from organisation where activity = 'structure' and state = 'approved'`,
    violations: `select id::text as id, format('quota %s, people %s, until %s', quota_per_quarter, people_served, approved_until) as detail
      from organisation where activity = 'structure' and state = 'approved'
        and (quota_per_quarter is null or approved_until is null or coalesce(people_served, 0) = 0)`,
  },
  {
    name: 'links-of-those-who-may-come',
    says: 'Nobody who is disabled or erased has an invitation link.',
    examined: 'select count(*)::int as n from invitation',
    violations: `select i.person_id::text as id, format('person is %s', p.state) as detail from invitation i join person p on p.id = i.person_id
      where p.state = 'disabled'`,
  },
];
