import { DomainError, inventory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
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

/** The item that bears this label; of several (a label is used once, but is only copied here) the newest. */
export async function itemIdOfLabel(tx: Tx, label: string): Promise<string | undefined> {
  return (await tx.one<{ id: string }>('select id from stock_item where label = $1 order by created_at desc, id desc limit 1', [label]))?.id;
}

/** The reservation that an item is under now, read without a lock. Undefined: there is no such item. */
export async function peekReservation(tx: Tx, id: string): Promise<{ reservationId: string | null } | undefined> {
  return tx.one(
    `select case when state in ('reserved', 'picked') then reservation_id end as "reservationId" from stock_item where id = $1`,
    [id],
  );
}

/** An item's change; `tx` where it has another cause than the rest of its set. */
export type ItemSave = ItemChange & { readonly tx?: Tx };

const AS_ROWS = `jsonb_to_recordset($1) as c(id uuid, version int, state text, "cellId" uuid, "siteId" uuid, category text, grade text,
  earmark text, label text, bin text, "reservationId" uuid, quarantine text, note text, "evidenceAt" timestamptz, "readyVersion" int,
  "stockedAt" timestamptz, next jsonb)`;
const INSERT = `insert into stock_item (id, version, state, cell_id, site_id, category, grade, earmark, label, bin, reservation_id, quarantine,
    note, evidence_at, ready_version, stocked_at)
  select id, version, state, "cellId", "siteId", category, grade, earmark, label, bin, "reservationId", quarantine, note, "evidenceAt",
    "readyVersion", "stockedAt" from ${AS_ROWS} order by id`;
const UPDATE = `update stock_item i set version = i.version + 1, state = c.state, cell_id = c."cellId", site_id = c."siteId",
    category = c.category, grade = c.grade, earmark = c.earmark, label = c.label, bin = c.bin, reservation_id = c."reservationId",
    quarantine = c.quarantine, note = c.note, evidence_at = c."evidenceAt", ready_version = c."readyVersion", stocked_at = c."stockedAt", next = nullif(c.next, 'null')
  from ${AS_ROWS} where i.id = c.id and i.version = c.version - 1`;

async function write(tx: Tx, statement: string, changes: readonly ItemChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ after }) => ({ ...after, cellId: cellId(after) }));
  if ((await tx.execute(statement, [JSON.stringify(rows)])) !== rows.length) throw new DomainError('stale-version');
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
  await write(tx, INSERT, saved.filter(({ before }) => before === null));
  await write(tx, UPDATE, saved.filter(({ before }) => before !== null));
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
