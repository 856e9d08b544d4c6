import type { Tx } from '@lacollecte/database';
import { v5 } from 'uuid';
import type { Cell } from '../domain/cell.js';
import type { ItemChange, ItemState } from '../domain/item.js';

const CELLS = '8c7e3f52-6f0d-4f6b-9d0e-5a4d1c9b2e10';

/** A cell's id is made of what it is, so that an event names the row to lock before anything is read. */
export function cellId(cell: Cell): string {
  return v5(`${cell.siteId} ${cell.category} ${cell.grade} ${cell.earmark ?? ''}`, CELLS);
}

/** Makes the cells that are not there yet. */
export async function ensureCells(tx: Tx, cells: readonly Cell[]): Promise<void> {
  const byId = new Map(cells.map((cell) => [cellId(cell), cell]));
  const ids = [...byId.keys()].sort();
  const known = await tx.query<{ id: string }>('select id from cell_gate where id = any($1)', [ids]);
  if (known.length === ids.length) return;
  const rows = ids.map((id) => ({ ...byId.get(id), id }));
  await tx.execute(
    `insert into stock_cell (id, site_id, category, grade, earmark)
     select id, "siteId", category, grade, earmark
     from jsonb_to_recordset($1) as c(id uuid, "siteId" uuid, category text, grade text, earmark text) order by id
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
  await tx.execute('insert into cell_gate (id) select id from unnest($1::uuid[]) as c(id) on conflict do nothing', [ids]);
}

/** Waits for whoever is choosing among the free items of this cell; what they chose is seen by the next statement. */
export async function lockGate(tx: Tx, id: string): Promise<void> {
  await tx.query('select from cell_gate where id = $1 for update', [id]);
}

interface Delta {
  free: number;
  reserved: number;
  picked: number;
}
const COUNTED: Partial<Record<ItemState, keyof Delta>> = { 'in-stock': 'free', reserved: 'reserved', picked: 'picked' };
const deltasOf = new WeakMap<Tx, Map<string, Delta>>();

/**
 * Counts what changed; applied with the transaction's last statements, all cells in order of id, so that these hot rows are
 * locked shortly and two transactions never wait for each other over them. A count below zero fails the transaction.
 */
export function count(tx: Tx, changes: readonly ItemChange[]): void {
  let deltas = deltasOf.get(tx.root);
  if (!deltas) {
    deltas = new Map();
    deltasOf.set(tx.root, deltas);
    tx.beforeCommit(() => applyCounts(tx.root));
  }
  const add = (item: ItemChange['before'], by: 1 | -1) => {
    const column = item && COUNTED[item.state];
    if (!column) return;
    const id = cellId(item);
    const delta = deltas.get(id) ?? { free: 0, reserved: 0, picked: 0 };
    delta[column] += by;
    deltas.set(id, delta);
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
}

async function applyCounts(tx: Tx): Promise<void> {
  const deltas = [...(deltasOf.get(tx) ?? [])].filter(([, d]) => d.free !== 0 || d.reserved !== 0 || d.picked !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (deltas.length === 0) return;
  const ids = deltas.map(([id]) => id);
  await tx.query('select from stock_cell where id = any($1::uuid[]) order by id for no key update', [ids]);
  await tx.execute(
    `update stock_cell c set free = c.free + d.free, reserved = c.reserved + d.reserved, picked = c.picked + d.picked
     from unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) as d(id, free, reserved, picked) where c.id = d.id`,
    [ids, deltas.map(([, d]) => d.free), deltas.map(([, d]) => d.reserved), deltas.map(([, d]) => d.picked)],
  );
}
