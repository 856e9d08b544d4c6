import type { Invariant } from '@lacollecte/runtime';

const STATE = `case
    when l.open = 0 and l.under_way = 0 and l.delivered > 0 then 'fulfilled'
    when l.open = 0 then 'allocated'
    when l.under_way + l.delivered > 0 then 'partly-allocated'
    else 'approved' end`;

export const invariants: readonly Invariant[] = [
  {
    name: 'line-sums',
    says: 'Of every line: asked = open + allocated + shipped + delivered + cancelled; nobody gets more than was asked for.',
    examined: 'select count(*)::int as n from need_line',
    violations: `select id, format('asked %s, open %s, allocated %s, shipped %s, delivered %s, cancelled %s', asked, open, allocated, shipped, delivered, cancelled) as detail
      from need_line where asked <> open + allocated + shipped + delivered + cancelled`,
  },
  {
    name: 'line-of-allocations',
    says: 'The counters of a line are the sums of its allocations.',
    examined: 'select count(*)::int as n from need_line',
    violations: `select l.id, format('allocated %s of %s, shipped %s of %s, delivered %s of %s', l.allocated, a.pending, l.shipped, a.shipped, l.delivered, a.delivered) as detail
      from need_line l left join lateral (
        select coalesce(sum(quantity - shipped - delivered), 0) as pending, coalesce(sum(shipped), 0) as shipped, coalesce(sum(delivered), 0) as delivered
        from allocation where line_id = l.id
      ) a on true where (l.allocated, l.shipped, l.delivered) <> (a.pending, a.shipped, a.delivered)`,
  },
  {
    name: 'need-state-of-lines',
    says: 'The state of an approved need is the one its lines tell.',
    examined: 'select count(*)::int as n from need',
    violations: `select n.id, n.state || ' instead of ' || (${STATE}) as detail from need n join (
        select need_id, sum(open) as open, sum(allocated + shipped) as under_way, sum(delivered) as delivered from need_line group by need_id
      ) l on l.need_id = n.id where n.state in ('approved', 'partly-allocated', 'allocated', 'fulfilled') and n.state <> (${STATE})`,
  },
  {
    name: 'quota-counted',
    says: 'What a structure has used of a quarter is what its allocations of that quarter are promised, on the way or delivered.',
    examined: 'select count(*)::int as n from quota_use',
    violations: `select u.structure_id as id, format('used %s, allocations %s in %s', u.used, coalesce(sum(a.quantity), 0), u.quarter) as detail
      from quota_use u left join allocation a on a.structure_id = u.structure_id and a.quarter = u.quarter
      group by u.structure_id, u.quarter, u.used having u.used <> coalesce(sum(a.quantity), 0)`,
  },
  {
    name: 'quota-kept',
    says: 'No structure has more of a quarter than the quota it had when devices were reserved for it.',
    examined: 'select count(*)::int as n from quota_use',
    violations: `select structure_id as id, format('used %s of %s in %s', used, allowed, quarter) as detail from quota_use where used > allowed`,
  },
  {
    name: 'round-sums',
    says: 'A finished round counts the allocations it made and their devices.',
    examined: `select count(*)::int as n from round`,
    violations: `select r.id, format('%s allocations of %s devices, counted %s and %s', count(a.id), coalesce(sum(a.proposed), 0), r.allocations, r.devices) as detail
      from round r left join allocation a on a.round_id = r.id where r.state <> 'requested' group by r.id
      having (r.allocations, r.devices) <> (count(a.id), coalesce(sum(a.proposed), 0))`,
  },
];
