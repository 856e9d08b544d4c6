import type { Invariant } from '@lacollecte/runtime';

/** Rules of the trade that hold at all times in intake. */
export const invariants: readonly Invariant[] = [
  {
    name: 'line-sums',
    says: 'Of each line, received and refused are counted as they are: received = devices of the line, refused = refusals at the dock.',
    examined: 'select count(*) as n from lot_line',
    violations: `select l.id::text as id, format('received %s, devices %s; refused %s, refusals %s', l.received, coalesce(d.n, 0), l.refused, coalesce(r.n, 0)) as detail
      from lot_line l left join (select line_id, count(*) as n from device group by line_id) d on d.line_id = l.id
      left join (select line_id, count(*) as n from dock_refusal group by line_id) r on r.line_id = l.id
      where l.received <> coalesce(d.n, 0) or l.refused <> coalesce(r.n, 0)`,
  },
  {
    name: 'lot-sums',
    says: 'Of each lot, what was announced adds up: declared = declined + received + refused + missing + awaited, nothing awaited once it has ended; and its lines declare as much since it was submitted.',
    examined: 'select count(*) as n from lot',
    violations: `select lot.id::text as id, format('%s: lines declare %s, announced %s', lot.state, l.declared, told.data) as detail
      from lot cross join lateral (select coalesce(sum(quantity), 0) as declared from lot_line where lot_id = lot.id and category <> 'accessory') l
      left join lateral (select data::jsonb as data from outbox where topic = 'intake.lot' and key = lot.id::text order by version desc, n desc limit 1) told on true
      cross join lateral (select (data ->> 'declared')::int as declared, (data ->> 'awaited')::int as awaited, (data ->> 'declined')::int + (data ->> 'received')::int
        + (data ->> 'refused')::int + (data ->> 'missing')::int as known) t
      where lot.state <> 'draft' and (t.declared is distinct from l.declared or t.declared <> t.known + t.awaited or least(t.awaited, (told.data ->> 'missing')::int) < 0
        or (lot.state in ('received', 'closed', 'declined', 'cancelled') and t.awaited <> 0))`,
  },
  {
    name: 'closed-lots-settled',
    says: 'A closed lot has no device in a workshop or in stock, and nobody is receiving it.',
    examined: 'select count(*) as n from lot',
    violations: `select lot.id::text as id, format('%s devices are not settled', count(*)) as detail from lot join device d on d.lot_id = lot.id
      where lot.state = 'closed' and d.state <> 'settled' group by lot.id
      union all select lot.id::text, 'a session is open' from lot join reception r on r.lot_id = lot.id where lot.state = 'closed' and r.state = 'open'`,
  },
  {
    name: 'label-used-once',
    says: 'The label of each device was issued, and is used by that device.',
    examined: 'select count(*) as n from device',
    violations: `select d.id::text as id, format('label %s', d.label) as detail from device d left join label l on l.code = d.label where l.device_id is distinct from d.id`,
  },
];
