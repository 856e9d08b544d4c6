import type { EventData, EventDefinition } from '@lacollecte/contracts';
import { fromSets, type Rows, type Telling, type Told } from '@lacollecte/messaging';

/** What every row begins with: the event it was last told of. */
interface Place {
  readonly id: string;
  readonly version: number;
  readonly n: number;
}
const PLACE = { id: 'uuid', version: 'int', n: 'int' } as const;

/** Statements on one table, as constant text. `columns`: types of PostgreSQL by column. */
export interface FoldedTable {
  /** `$1`: ids. */
  readonly load: string;
  /** An array for each column. */
  readonly keep: string;
  readonly columns: readonly string[];
}

/** @param insertInto the beginning of its statement, so that who writes a table can be found by searching */
export function folded(insertInto: string, columns: Readonly<Record<string, string>>): FoldedTable {
  const all = { ...PLACE, ...columns };
  const names = Object.keys(all);
  const list = names.join(', ');
  return {
    load: `select ${list} from ${insertInto.slice('insert into '.length)} where id = any($1::uuid[])`,
    keep: `${insertInto} (${list}) select * from unnest(${Object.values(all).map((type, i) => `$${i + 1}::${type}[]`).join(', ')})
      on conflict (id) do update set ${names.slice(1).map((name) => `${name} = excluded.${name}`).join(', ')}`,
    columns: names,
  };
}

/**
 * Each row is what `next` makes of its key's events, one after the other: read once, written once for a set of events. A key's
 * events are in one partition, so that nobody else writes the row meanwhile; what is older than the row says nothing new.
 */
export function folding<D extends EventDefinition, Row extends object>(
  table: FoldedTable, definitions: readonly D[], next: (row: Row | undefined, event: Told<EventData<D>>) => Row,
): Telling {
  return fromSets(definitions, async (rows: Rows, events) => {
    const ids = [...new Set(events.map(({ key }) => key))];
    const known = new Map((await rows.query<Row & Place>(table.load, [ids])).map((row) => [row.id, row]));
    const changed = new Map<string, Row & Place>();
    for (const event of events) {
      const row = known.get(event.key);
      if (row && (row.version > event.version || (row.version === event.version && row.n >= event.n))) continue;
      const told = { ...next(row, event), id: event.key, version: event.version, n: event.n };
      known.set(event.key, told);
      changed.set(event.key, told);
    }
    const values = [...changed.values()] as unknown as Record<string, unknown>[];
    if (values.length > 0) await rows.execute(table.keep, table.columns.map((column) => values.map((row) => row[column] ?? null)));
  });
}

/** Since when it has been so. */
export function since<T>(before: { readonly was: T; readonly since: Date } | undefined, is: T, at: Date): Date {
  return before && before.was === is ? before.since : at;
}
