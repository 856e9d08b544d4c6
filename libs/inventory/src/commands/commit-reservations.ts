import type { EventData, dispatch } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { commit, refuseUnknown, type Reservation } from '../domain/reservation.js';
import { lockOrOpen, lockReservations, saveReservations } from '../persistence/reservation.repository.js';

/** Answers for each reservation whether it may be picked, and where its items lie. One that nobody proposed is void from now on. */
export async function commitReservations(tx: Tx, request: EventData<typeof dispatch.PickingRequested>): Promise<void> {
  const ids = [...new Set(request.reservationIds)].sort();
  const reservations: Reservation[] = await lockReservations(tx, ids);
  const known = new Set(reservations.map((r) => r.id));
  for (const id of ids.filter((id) => !known.has(id))) {
    reservations.push(await lockOrOpen(tx, { id, siteId: request.siteId, cell: null, asked: 0 }));
  }
  const bins = await binsOfItems(tx, reservations.flatMap((r) => r.itemIds));
  await saveReservations(
    tx,
    reservations.map((r) => (r.state === 'requested' ? refuseUnknown(r) : commit(r, r.itemIds.map((id) => bins.get(id) ?? null)))),
  );
}

async function binsOfItems(tx: Tx, itemIds: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await tx.query<{ id: string; bin: string | null }>('select id, bin from stock_item where id = any($1::uuid[])', [itemIds]);
  return new Map(rows.map(({ id, bin }) => [id, bin]));
}
