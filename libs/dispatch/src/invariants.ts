import type { Invariant } from '@lacollecte/runtime';

const STATE = `case
    when s.picking_started_at is null then case when exists (select from shipment_line l where l.shipment_id = s.id and l.state <> 'dropped') then 'planned' else 'cancelled' end
    when exists (select from shipment_line l where l.shipment_id = s.id and l.state in ('planned', 'requested'))
      or exists (select from shipment_item i where i.shipment_id = s.id and i.state in ('to-pick', 'substituting', 'pulled')) then 'picking'
    else coalesce((select case p.state when 'open' then 'picking' else p.state end from parcel p
      where p.shipment_id = s.id and exists (select from shipment_item i where i.parcel_id = p.id and i.state = 'packed')
      order by array_position(array['open', 'packed', 'failed', 'handed-over', 'delivered', 'returned'], p.state) limit 1), 'cancelled')
  end`;

export const invariants: readonly Invariant[] = [
  {
    name: 'shipment-state-of-parcels',
    says: 'The state of a shipment is that of its least advanced parcel.',
    examined: 'select count(*)::int as n from shipment',
    violations: `select s.id, s.state || ' instead of ' || (${STATE}) as detail from shipment s where s.state <> (${STATE})`,
  },
  {
    name: 'line-quantity',
    says: 'A committed line counts the devices that are to reach the structure or did; a dropped one counts none.',
    examined: 'select count(*)::int as n from shipment_line',
    violations: `select l.id, l.state || ' of ' || l.quantity || ' with ' || count(i.item_id) || ' devices' as detail
      from shipment_line l left join shipment_item i on i.line_id = l.id and i.state in ('to-pick', 'packed', 'substituting', 'pulled')
      where l.state in ('committed', 'dropped') group by l.id having l.quantity <> count(i.item_id)`,
  },
  {
    name: 'device-in-one-parcel',
    says: 'A device lies in one parcel at a time, among those that are at a site or on their way.',
    examined: 'select count(*)::int as n from shipment_item where parcel_id is not null',
    violations: `select i.item_id as id, count(*) || ' parcels' as detail from shipment_item i join parcel p on p.id = i.parcel_id
      where p.state in ('open', 'packed', 'handed-over', 'failed') group by i.item_id having count(*) > 1`,
  },
  {
    name: 'no-recalled-device-sealed',
    says: 'No sealed parcel at a site holds a recalled device.',
    examined: 'select count(*)::int as n from shipment_item where parcel_id is not null',
    violations: `select i.item_id as id, 'recalled, in parcel ' || p.id as detail from shipment_item i
      join parcel p on p.id = i.parcel_id join device d on d.id = i.item_id where p.state = 'packed' and d.recalled`,
  },
];
