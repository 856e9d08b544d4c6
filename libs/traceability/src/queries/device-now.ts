/**
 * Where devices are now: `d` with what each service last told, joined as they are read, for topics arrive in no order. Of two that
 * disagree whose change is newer is right; stock speaks of what the workshop calls ready. After `from arrival a`.
 */
export const DEVICE_NOW = `
  left join work w on w.id = a.id left join item i on i.id = a.id left join reservation r on r.id = i.reservation_id
  cross join lateral (select w.id is null or w.state = 'ready' as "free", i.since >= w.since as newer) k
  cross join lateral (select case
      when w.state in ('delivered', 'recycled', 'returned-to-donor', 'lost', 'recalled') then w.state
      when i.state in ('in-stock', 'reserved', 'picked', 'issued') and (k."free" or k.newer)
        then case i.state when 'in-stock' then 'stocked' when 'picked' then 'packed' when 'issued' then 'handed-over' else i.state end
      when i.state in ('quarantined', 'written-off') and k."free" then case i.state when 'quarantined' then 'set-aside' else i.state end
      else coalesce(w.state, 'received') end as stage) s
  cross join lateral (select
      case when s.stage in ('stocked', 'reserved', 'packed', 'handed-over', 'set-aside', 'written-off') then i.since else coalesce(w.since, a.at) end as since,
      case s.stage when 'received' then coalesce(w.waits_for, 'diagnosis') when 'in-workshop' then w.waits_for when 'blocked' then w.waits_for when 'repairing' then 'repair'
        when 'rejected' then 'recycling' when 'harvested' then 'recycling' when 'ready' then 'stock' when 'stocked' then 'need'
        when 'reserved' then case when r.state = 'committed' then 'packing' else 'answer' end
        when 'packed' then 'hand-over' when 'handed-over' then 'delivery' when 'set-aside' then 'decision' when 'recalled' then 'return' end as waits_for,
      case s.stage when 'blocked' then w.due_at when 'reserved' then case when r.state = 'held' then r.expires_at end end as due_at,
      coalesce(case when k."free" then i.site_id end, w.site_id, a.site_id) as site_id) d`;
