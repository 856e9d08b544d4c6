import { type EventData, inventory } from '@lacollecte/contracts';
import { fromSets, Projection, type Rows, type Told } from '@lacollecte/messaging';

const { ItemStocked, ItemReserved, ItemReleased, ItemPicked, ItemIssued, ItemQuarantined, ItemWrittenOff, ItemSentBack } = inventory;
type Item = Told<EventData<typeof ItemStocked>>;

/** The newest event of each item of the set; in the order of their ids, so that two sets never wait for each other in a circle. */
async function save(rows: Rows, events: readonly Item[]): Promise<void> {
  const newest = new Map<string, Item>();
  for (const event of events) {
    const known = newest.get(event.data.itemId);
    if (!known || known.version < event.version || (known.version === event.version && known.n < event.n)) newest.set(event.data.itemId, event);
  }
  const kept = [...newest.values()].sort((a, b) => (a.data.itemId < b.data.itemId ? -1 : 1));
  const items = kept.map(({ data }) => data);
  await rows.execute(
    `insert into stock_item (id, version, n, site_id, category, grade, earmark, state, reservation_id)
     select * from unnest($1::uuid[], $2::int[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[])
     on conflict (id) do update set version = excluded.version, n = excluded.n, site_id = excluded.site_id, category = excluded.category, grade = excluded.grade,
       earmark = excluded.earmark, state = excluded.state, reservation_id = excluded.reservation_id
     where (stock_item.version, stock_item.n) < (excluded.version, excluded.n)`,
    [
      items.map((i) => i.itemId), kept.map((e) => e.version), kept.map((e) => e.n), items.map((i) => i.siteId), items.map((i) => i.category),
      items.map((i) => i.grade), items.map((i) => i.earmark), items.map((i) => i.state), items.map((i) => i.reservationId),
    ],
  );
}

/** Where each item of inventory is, and for whom. */
export const stockItem = new Projection(
  'stock_item',
  fromSets([ItemStocked, ItemReserved, ItemReleased, ItemPicked, ItemIssued, ItemQuarantined, ItemWrittenOff, ItemSentBack], save),
);
