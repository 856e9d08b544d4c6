/**
 * Where a device is, joined from what each topic has told of it so far: `x` gives the ids. The workshop has the last word except
 * while the device is ready: then stock has.
 */
export const NOW = `left join device d on d.id = x.id left join device_work w on w.id = x.id left join item i on i.id = x.id
  left join reservation r on r.id = i.reservation_id left join allocation a on a.id = i.reservation_id`;

/** Every device that any topic has told of. */
export const ALL_DEVICES = '(select id from device union select id from device_work) x';

const IN_STOCK = `w.state = 'ready' and i.id is not null`;
export const STAGE = `case when ${IN_STOCK} then case i.state when 'in-stock' then 'stocked' when 'picked' then 'packed' when 'issued' then 'handed-over' else i.state end
  else coalesce(w.state, 'received') end`;
export const SINCE = `case when ${IN_STOCK} then i.since else coalesce(w.since, d.since) end`;
export const SITE = `case when ${IN_STOCK} then i.site_id else coalesce(w.site_id, d.site_id) end`;
/** Why it waits, as a code; of a blocked device the workshop alone knows what for. */
export const REASON = `case ${STAGE}
  when 'received' then 'awaits-diagnosis' when 'in-workshop' then 'after-' || w.step when 'repairing' then 'awaits-repair' when 'blocked' then 'is-blocked'
  when 'rejected' then 'awaits-recycling' when 'harvested' then 'awaits-recycling' when 'recalled' then 'awaits-return' when 'ready' then 'awaits-stock' when 'stocked' then 'awaits-need'
  when 'reserved' then case when a.state = 'accepted' then 'awaits-picking' else 'awaits-answer' end
  when 'packed' then 'awaits-hand-over' when 'handed-over' then 'awaits-delivery' when 'quarantined' then 'is-set-aside' end`;
/** By when it must go on, where there is a date. */
export const DEADLINE = `case when ${STAGE} = 'reserved' and r.state = 'held' then r.expires_at end`;

/** In the order a device goes through them, then where it ends. */
export const STAGES = [
  'declared', 'received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested', 'recalled', 'ready', 'stocked', 'reserved', 'quarantined', 'packed', 'handed-over',
  'delivered', 'recycled', 'returned-to-donor', 'lost', 'written-off',
] as const;

export const DEVICE = `x.id as "deviceId", coalesce(d.label, w.label) as label, coalesce(i.category, w.category, d.category) as category, coalesce(i.grade, w.grade) as grade,
  coalesce(d.lot_id, w.lot_id) as "lotId", ${SITE} as "siteId", ${STAGE} as stage, ${SINCE} as since, ${REASON} as reason, ${DEADLINE} as deadline`;
