import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { inventoryService } from '../inventory.service.js';
import { cellId } from '../persistence/cell.repository.js';
import type { Cell } from './events.js';

export function stockDatabase(): Promise<TestDatabase> {
  return createTestDatabase('inventory', [...PLATFORM_MIGRATIONS, ...inventoryService.migrations]);
}

export interface ItemRow {
  id: string; version: number; state: string; reservation_id: string | null; quarantine: string | null; bin: string | null; grade: string;
  evidence_at: Date; ready_version: number; next: object | null;
}
export async function itemRow(db: TestDatabase, id: string): Promise<ItemRow | undefined> {
  return (await db.sql<ItemRow>('select * from stock_item where id = $1', [id]))[0];
}

export interface ReservationRow {
  id: string; version: number; state: string; asked: number; issued: number; holds: string[];
}
export async function reservationRow(db: TestDatabase, id: string): Promise<ReservationRow | undefined> {
  return (await db.sql<ReservationRow>(
    `select r.*, array(select item_id from reservation_item where reservation_id = r.id and ended is null order by item_id) as holds
     from reservation r where id = $1`,
    [id],
  ))[0];
}

/** free/reserved/picked of a cell. */
export async function counts(db: TestDatabase, cell: Cell): Promise<string> {
  const [row] = await db.sql<{ counts: string }>(`select format('%s/%s/%s', free, reserved, picked) as counts from stock_cell where id = $1`, [cellId(cell)]);
  return row?.counts ?? 'none';
}

/** Names of the events of a key, in order, without service and version: `item-stocked`. */
export async function announced(db: TestDatabase, key: string): Promise<string[]> {
  const rows = await db.sql<{ name: string }>(`select split_part(type, '.', 4) as name from outbox where key = $1 order by position`, [key]);
  return rows.map(({ name }) => name);
}

export async function lastData(db: TestDatabase, key: string): Promise<Record<string, unknown>> {
  const [row] = await db.sql<{ data: string }>('select data from outbox where key = $1 order by position desc limit 1', [key]);
  return JSON.parse(row?.data ?? '{}') as Record<string, unknown>;
}

/** Fails naming what is broken. */
export async function nothingBroken(db: TestDatabase): Promise<void> {
  expect(await violations(db)).toEqual([]);
}

/** What is broken now: of the service's invariants, and of each aggregate's history. */
export async function violations(db: TestDatabase): Promise<string[]> {
  const found: string[] = [];
  for (const { name, violations: sql } of inventoryService.invariants) {
    for (const row of await db.sql<{ id: string; detail: string }>(sql)) found.push(`${name} ${row.id}: ${row.detail}`);
  }
  for (const { table, topic, transitions } of inventoryService.aggregates) {
    const rows = await db.sql<{ id: string; version: number; state: string; states: string[]; versions: number[] }>(
      `select a.id, a.version, a.state, array_agg(o.data::jsonb ->> 'state' order by o.version, o.n) as states,
         array_agg(distinct o.version order by o.version) as versions
       from ${table} a left join outbox o on o.topic = $1 and o.key = a.id::text group by a.id`,
      [topic],
    );
    for (const { id, version, state, states, versions } of rows) {
      if (versions.join() !== Array.from({ length: version }, (_, i) => i + 1).join()) found.push(`${table} ${id}: version ${version}, events ${versions.join()}`);
      if (states.at(-1) !== state) found.push(`${table} ${id}: is ${state}, last said ${states.at(-1)}`);
      states.forEach((next, i) => {
        const before = states[i - 1] ?? '';
        if (next !== before && !transitions[before]?.includes(next)) found.push(`${table} ${id}: ${before} → ${next}`);
      });
    }
  }
  return found;
}
