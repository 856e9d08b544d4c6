import { orStale, type Statement, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { Cell } from '../domain/cell.js';
import type { Reservation, ReservationChange } from '../domain/reservation.js';
import { cellId } from './cell.repository.js';

interface ReservationRow extends Omit<Reservation, 'cell'> {
  category: Cell['category'] | null;
  grade: Cell['grade'] | null;
  earmark: string | null;
}

const READ = `select id, version, state, site_id as "siteId", category, grade, earmark, asked, issued, expires_at as "expiresAt",
    array(select item_id from reservation_item where reservation_id = r.id and ended is null order by item_id) as "itemIds"
  from reservation r where id = any($1::uuid[]) order by id`;

function toReservation({ category, grade, earmark, ...row }: ReservationRow): Reservation {
  return { ...row, cell: category && grade ? { siteId: row.siteId, category, grade, earmark } : null };
}

/** What a change of reservations begins with, to be sent ahead. */
export const lockingReservations = (ids: readonly string[]): Statement => ({ text: 'select id from reservation where id = any($1::uuid[]) order by id for update', values: [ids] });

/** Those that exist of these, locked, in order of id. */
export async function lockReservations(tx: Tx, ids: readonly string[]): Promise<Reservation[]> {
  const { text, values } = lockingReservations(ids);
  const locked = await tx.query<{ id: string }>(text, values);
  // A second statement, for the first may have waited and what it joined be old; of those locked only, for more may be there by now.
  return (await tx.query<ReservationRow>(READ, [locked.map(({ id }) => id)])).map(toReservation);
}

/** Asked for by the allocation `id`, or heard of in another way first (`cell` null). */
export interface Asked {
  readonly id: string;
  readonly siteId: string;
  readonly cell: Cell | null;
  readonly asked: number;
}

/** Makes the reservation, `requested` at version 0, and has it locked; undefined where it is there already, then locked too by who loads it. */
export async function openReservation(tx: Tx, { id, siteId, cell, asked }: Asked): Promise<Reservation | undefined> {
  const made = await tx.execute(
    `insert into reservation (id, version, state, site_id, cell_id, category, grade, earmark, asked)
     values ($1, 0, 'requested', $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [id, siteId, cell && cellId(cell), cell?.category ?? null, cell?.grade ?? null, cell?.earmark ?? null, asked],
  );
  if (made === 0) return undefined;
  return { id, version: 0, state: 'requested', siteId, cell, asked, itemIds: [], issued: 0, expiresAt: null };
}

/** The reservation, made if it is not there; locked either way. */
export async function lockOrOpen(tx: Tx, asked: Asked): Promise<Reservation> {
  const [there] = await lockReservations(tx, [asked.id]);
  if (there) return there;
  const opened = await openReservation(tx, asked);
  if (opened) return opened;
  const [meanwhile] = await lockReservations(tx, [asked.id]);
  if (!meanwhile) throw new Error(`reservation ${asked.id} is neither there nor can it be made`);
  return meanwhile;
}

const UPDATE = orStale(`with changed as (
  update reservation r set version = r.version + 1, state = c.state, asked = c.asked, issued = c.issued, expires_at = c."expiresAt"
  from jsonb_to_recordset($1) as c(id uuid, version int, state text, asked int, issued int, "expiresAt" timestamptz)
  where r.id = c.id and r.version = c.version - 1 returning r.id)`, 'jsonb_array_length($1)');
const END = `update reservation_item i set ended = c.ended, ended_at = now()
  from unnest($1::uuid[], $2::uuid[], $3::text[]) as c(reservation_id, item_id, ended)
  where i.reservation_id = c.reservation_id and i.item_id = c.item_id and i.ended is null`;
const ADD = `insert into reservation_item (reservation_id, item_id)
  select reservation_id, item_id from unnest($1::uuid[], $2::uuid[]) as c(reservation_id, item_id)
  on conflict (reservation_id, item_id) do update set ended = null, ended_at = null, added_at = now()`;

/** Items of `from` that `other` has not. */
function difference(from: Reservation, other: Reservation): string[] {
  return from.itemIds.filter((id) => !other.itemIds.includes(id));
}

/** Saves changes of different reservations, with what they hold and their events. Their items are saved first. */
export async function saveReservations(tx: Tx, changes: readonly ReservationChange[]): Promise<void> {
  if (changes.length === 0) return;
  tx.change(UPDATE, [JSON.stringify(changes.map(({ after }) => after))]);
  const gone = changes.flatMap((c) => difference(c.before, c.after).map((item) => [c.after.id, item, c.left ?? null] as const));
  if (gone.length > 0) await tx.execute(END, [gone.map(([id]) => id), gone.map(([, item]) => item), gone.map(([, , left]) => left)]);
  const added = changes.flatMap((c) => difference(c.after, c.before).map((item) => [c.after.id, item] as const));
  if (added.length > 0) await tx.execute(ADD, [added.map(([id]) => id), added.map(([, item]) => item)]);
  for (const { after, event, also } of changes) {
    append(tx, event, { key: after.id, version: after.version }, {
      reservationId: after.id, state: after.state, siteId: after.siteId, asked: after.asked, itemIds: [...after.itemIds],
      shortfall: Math.max(0, after.asked - after.itemIds.length), expiresAt: after.expiresAt?.toISOString() ?? null, ...also,
    });
  }
}

/**
 * Whether dispatch may have another for an item that was withdrawn; true once, for the answer is its replacement. An item
 * that is still held needs no asking.
 */
export async function claimReplacement(tx: Tx, reservationId: string, itemId: string): Promise<boolean> {
  const claimed = await tx.execute(
    `update reservation_item set ended = 'missing' where reservation_id = $1 and item_id = $2 and ended = 'withdrawn'`,
    [reservationId, itemId],
  );
  return claimed === 1;
}

/**
 * Of these, the items that had been withdrawn although they left with their parcel, each told once, with when that was: they count
 * as handed over from now on.
 */
export async function claimStrayed(tx: Tx, named: readonly { readonly itemId: string; readonly reservationId: string }[]): Promise<Map<string, Date>> {
  const rows = await tx.query<{ id: string; at: Date }>(
    `update reservation_item i set ended = 'issued' from unnest($1::uuid[], $2::uuid[]) as n(reservation_id, item_id)
     where i.reservation_id = n.reservation_id and i.item_id = n.item_id and i.ended = 'withdrawn' returning i.item_id as id, i.ended_at as at`,
    [named.map((n) => n.reservationId), named.map((n) => n.itemId)],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
