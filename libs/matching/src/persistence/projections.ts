import { departmentOf, type directory, type EventData, type inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { ReceivedEvent } from '@lacollecte/messaging';

type Envelope = Pick<ReceivedEvent, 'version' | 'n'>;

/** What we know of other services' things. Of two events of one thing the newer is right, in whatever order they come. */
export async function saveSite(tx: Tx, { version, n }: Envelope, site: EventData<typeof directory.SiteChanged>): Promise<void> {
  await tx.execute(
    `insert into site (id, version, n, state, postal_code, department) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set version = excluded.version, n = excluded.n, state = excluded.state, postal_code = excluded.postal_code, department = excluded.department
     where (site.version, site.n) < (excluded.version, excluded.n)`,
    [site.siteId, version, n, site.state, site.postalCode, departmentOf(site.postalCode)],
  );
}

/** Donors are none of matching's business. */
export async function saveStructure(tx: Tx, { version, n }: Envelope, organisation: EventData<typeof directory.OrganisationChanged>): Promise<void> {
  if (organisation.activity !== 'structure') return;
  await tx.execute(
    `insert into structure (id, version, n, state, approved_until, quota, people_served, postal_code, department) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set version = excluded.version, n = excluded.n, state = excluded.state, approved_until = excluded.approved_until, quota = excluded.quota,
       people_served = excluded.people_served, postal_code = excluded.postal_code, department = excluded.department
     where (structure.version, structure.n) < (excluded.version, excluded.n)`,
    [
      organisation.organisationId, version, n, organisation.state, organisation.approvedUntil, organisation.quotaPerQuarter, organisation.peopleServed,
      organisation.postalCode, departmentOf(organisation.postalCode),
    ],
  );
}

type Item = EventData<typeof inventory.ItemStocked>;

/** A set of items, the newest event of each; in the order of their ids, so that two sets never wait for each other in a circle. */
export async function saveItems(tx: Tx, events: readonly { readonly event: ReceivedEvent }[]): Promise<void> {
  const newest = new Map<string, { version: number; n: number; item: Item }>();
  for (const { event } of events) {
    const item = event.data as Item;
    const known = newest.get(item.itemId);
    if (!known || known.version < event.version || (known.version === event.version && known.n < event.n)) newest.set(item.itemId, { version: event.version, n: event.n, item });
  }
  const rows = [...newest.values()].sort((a, b) => (a.item.itemId < b.item.itemId ? -1 : 1));
  await tx.execute(
    `insert into stock_item (id, version, n, site_id, category, grade, earmark, state, reservation_id)
     select * from unnest($1::uuid[], $2::int[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[])
     on conflict (id) do update set version = excluded.version, n = excluded.n, site_id = excluded.site_id, category = excluded.category, grade = excluded.grade,
       earmark = excluded.earmark, state = excluded.state, reservation_id = excluded.reservation_id
     where (stock_item.version, stock_item.n) < (excluded.version, excluded.n)`,
    [
      rows.map((r) => r.item.itemId), rows.map((r) => r.version), rows.map((r) => r.n), rows.map((r) => r.item.siteId), rows.map((r) => r.item.category),
      rows.map((r) => r.item.grade), rows.map((r) => r.item.earmark), rows.map((r) => r.item.state), rows.map((r) => r.item.reservationId),
    ],
  );
}
