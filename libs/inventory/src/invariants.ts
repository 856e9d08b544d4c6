import type { Invariant } from '@lacollecte/runtime';

/** What must hold of stock and reservations at all times. */
export const invariants: readonly Invariant[] = [
  {
    name: 'cell-counts',
    says: 'Each stock cell counts its items: free, reserved and picked.',
    examined: 'select count(*)::int as n from stock_cell',
    violations: `select c.id::text as id, format('counts %s/%s/%s, has %s/%s/%s', c.free, c.reserved, c.picked, i.free, i.reserved, i.picked) as detail
      from stock_cell c cross join lateral (
        select count(*) filter (where state = 'in-stock') as free, count(*) filter (where state = 'reserved') as reserved,
          count(*) filter (where state = 'picked') as picked
        from stock_item where cell_id = c.id) i
      where (c.free, c.reserved, c.picked) <> (i.free, i.reserved, i.picked) or c.on_hand <> c.free + c.reserved + c.picked`,
  },
  {
    name: 'item-cell',
    says: 'Each item is in the cell of its site, category, grade and earmark.',
    examined: 'select count(*)::int as n from stock_item',
    violations: `select i.id::text as id, format('is in cell %s', i.cell_id) as detail from stock_item i join stock_cell c on c.id = i.cell_id
      where (i.site_id, i.category, i.grade, i.earmark) is distinct from (c.site_id, c.category, c.grade, c.earmark)`,
  },
  {
    name: 'one-active-reservation',
    says: 'A reserved or picked item is held by exactly the one reservation that it names, and no other item is held.',
    examined: 'select count(*)::int as n from stock_item',
    violations: `select coalesce(i.id, a.item_id)::text as id, format('%s, names %s, held by %s', i.state, i.reservation_id, a.holders) as detail
      from (select * from stock_item where state in ('reserved', 'picked')) i
      full join (select item_id, array_agg(reservation_id) as holders from reservation_item where ended is null group by item_id) a on a.item_id = i.id
      where a.holders is distinct from array[i.reservation_id]`,
  },
  {
    name: 'reservation-holds',
    says: 'Only held and committed reservations hold items, and never more than was asked.',
    examined: 'select count(*)::int as n from reservation',
    violations: `select r.id::text as id, format('%s, asked %s, holds %s', r.state, r.asked, h.n) as detail
      from reservation r cross join lateral (select count(*) as n from reservation_item where reservation_id = r.id and ended is null) h
      where h.n > r.asked or (h.n > 0 and r.state not in ('held', 'committed'))`,
  },
  {
    name: 'recalled-not-promised',
    says: 'No recalled device is in stock, reserved or picked.',
    examined: 'select count(*)::int as n from stock_item',
    violations: `select i.id::text as id, i.state as detail from stock_item i join recall_mark m on m.device_id = i.id
      where i.state in ('in-stock', 'reserved', 'picked')`,
  },
];
