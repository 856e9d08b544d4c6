import { inventory } from '@lacollecte/contracts';
import { orStale, type Statement, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { fits, type Item, type ItemChange, type Ready, stockedAgain } from '../domain/item.js';
import { cellId, count } from './cell.repository.js';

const COLUMNS = `id, version, state, site_id as "siteId", category, grade, earmark, label, bin, reservation_id as "reservationId",
  quarantine, note, evidence_at as "evidenceAt", ready_version as "readyVersion", stocked_at as "stockedAt", next`;

type Row = Omit<Item, 'next'> & { readonly next: (Omit<Ready, 'evidenceAt'> & { readonly evidenceAt: string }) | null };

function toItem(row: Row): Item {
  return { ...row, next: row.next && { ...row.next, evidenceAt: new Date(row.next.evidenceAt) } };
}

/** Those that exist of these items, locked, in order of id. */
export async function lockItems(tx: Tx, ids: readonly string[]): Promise<Item[]> {
  return (await tx.query<Row>(`select ${COLUMNS} from stock_item where id = any($1::uuid[]) order by id for update`, [ids])).map(toItem);
}

const FREE = `state = 'in-stock' and not exists (select from recall_mark m where m.device_id = i.id)`;

/**
 * The oldest free items of a cell, locked. Waits for whoever has one of them and never skips: what somebody else may yet
 * roll back is not gone.
 */
export async function lockFree(tx: Tx, cellId: string, most: number): Promise<Item[]> {
  const rows = await tx.query<Row>(`select ${COLUMNS} from stock_item i where cell_id = $1 and ${FREE} order by stocked_at, id limit $2 for update of i`, [
    cellId,
    most,
  ]);
  return rows.map(toItem);
}

/** The oldest free item of the first of these cells that has one, locked. */
export async function lockFirstFree(tx: Tx, cellIds: readonly string[]): Promise<Item | undefined> {
  const row = await tx.one<Row>(
    `select ${COLUMNS} from stock_item i where cell_id = any($1::uuid[]) and ${FREE}
     order by array_position($1::uuid[], cell_id), stocked_at, id limit 1 for update of i`,
    [cellIds],
  );
  return row && toItem(row);
}

const LABELLED = `select ${COLUMNS} from stock_item where id = (select id from stock_item where label = $1 order by created_at desc, id desc limit 1) for update`;

/** What a scan begins with, to be sent ahead. */
export const scanning = (label: string): Statement => ({ text: LABELLED, values: [label] });

/** The item that bears this label, locked; of several (a label is used once, but is only copied here) the newest. */
export async function lockLabelled(tx: Tx, label: string): Promise<Item | undefined> {
  const { text, values } = scanning(label);
  const row = await tx.one<Row>(text, values);
  return row && toItem(row);
}

const PEEK = `select case when state in ('reserved', 'picked') then reservation_id end as "reservationId" from stock_item where id = $1`;

/** The reservation that an item is under now, read without a lock: what a change of an item as it was shown begins with, to be sent ahead. */
export const peekingReservation = (id: string): Statement => ({ text: PEEK, values: [id] });

/** An item's change; `tx` where it has another cause than the rest of its set. */
export type ItemSave = ItemChange & { readonly tx?: Tx };

const AS_ROWS = `jsonb_to_recordset($1) as c(id uuid, version int, state text, "cellId" uuid, "siteId" uuid, category text, grade text,
  earmark text, label text, bin text, "reservationId" uuid, quarantine text, note text, "evidenceAt" timestamptz, "readyVersion" int,
  "stockedAt" timestamptz, next jsonb)`;
const INSERT = `insert into stock_item (id, version, state, cell_id, site_id, category, grade, earmark, label, bin, reservation_id, quarantine,
    note, evidence_at, ready_version, stocked_at)
  select id, version, state, "cellId", "siteId", category, grade, earmark, label, bin, "reservationId", quarantine, note, "evidenceAt",
    "readyVersion", "stockedAt" from ${AS_ROWS} order by id`;
const UPDATE = orStale(`with changed as (
  update stock_item i set version = i.version + 1, state = c.state, cell_id = c."cellId", site_id = c."siteId",
    category = c.category, grade = c.grade, earmark = c.earmark, label = c.label, bin = c.bin, reservation_id = c."reservationId",
    quarantine = c.quarantine, note = c.note, evidence_at = c."evidenceAt", ready_version = c."readyVersion", stocked_at = c."stockedAt", next = nullif(c.next, 'null')
  from ${AS_ROWS} where i.id = c.id and i.version = c.version - 1 returning i.id)`, 'jsonb_array_length($1)');

function rowsOf(changes: readonly ItemChange[]): string {
  return JSON.stringify(changes.map(({ after }) => ({ ...after, cellId: cellId(after) })));
}

/** Keeps that these are ready anew, for when they leave their reservation. No step of theirs: nothing is announced. */
export async function keepAhead(tx: Tx, ready: readonly Ready[]): Promise<void> {
  if (ready.length === 0) return;
  await tx.execute(`update stock_item i set next = r.next from unnest($1::uuid[], $2::jsonb[]) as r(id, next) where i.id = r.id`, [
    ready.map(({ id }) => id),
    ready.map((one) => JSON.stringify(one)),
  ]);
}

/** What was ready anew before it had left its reservation is stock again, in the same version, as soon as it has. */
function steps(change: ItemSave, now: Date): readonly ItemSave[] {
  const { after } = change;
  if (!after.next || !fits(after, 'stock')) return [change];
  const again = stockedAgain(after, after.next, now);
  return [change, { ...again, after: { ...again.after, version: after.version } }];
}

/** Saves changes of different items in sets, with their cells' counts and their events. */
export async function saveItems(tx: Tx, changes: readonly ItemSave[]): Promise<void> {
  const taken = changes.map((change) => ({ ...change, steps: steps(change, tx.now) }));
  const saved = taken.map((one) => ({ ...one, after: one.steps.at(-1)!.after }));
  const made = saved.filter(({ before }) => before === null);
  if (made.length > 0) await tx.execute(INSERT, [rowsOf(made)]);
  const changed = saved.filter(({ before }) => before !== null);
  if (changed.length > 0) tx.change(UPDATE, [rowsOf(changed)]);
  count(tx, saved);
  for (const { steps: taking, tx: cause = tx } of taken) {
    for (const { after, event } of taking) {
      append(cause, event, { key: after.id, version: after.version }, {
        itemId: after.id, siteId: after.siteId, category: after.category, grade: after.grade, earmark: after.earmark,
        state: after.state, reservationId: after.reservationId,
        ...(event === inventory.ItemSentBack ? { evidenceAt: after.evidenceAt.toISOString() } : {}),
      });
    }
  }
}
