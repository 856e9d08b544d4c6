import { type EventDefinition, EVENTS } from '@lacollecte/contracts';
import { fromSets, Projection, type ReceivedEvent, type Rows } from '@lacollecte/messaging';

/** What the events of one topic have in common, and what some of them tell. */
export interface Data {
  readonly state: string;
  readonly [field: string]: unknown;
}
export type Heard = Omit<ReceivedEvent, 'data'> & { readonly data: Data };

export interface Column {
  readonly type: 'uuid' | 'text' | 'int' | 'float8' | 'timestamptz';
  of(event: Heard): unknown;
  /** What was told last stays where an event says nothing of it. */
  readonly kept?: boolean;
}
export type Columns = Readonly<Record<string, Column>>;

interface Standing {
  readonly newest: Heard;
  readonly since: Date;
  /** Its state changed within the set. */
  readonly moved: boolean;
  readonly values: readonly unknown[];
}

/** Every event of a topic. */
export const eventsOf = (topic: string): EventDefinition[] => [...EVENTS.values()].filter((event) => event.topic === topic);

/** A field of the data, by its name. */
export const field = (name: string, type: Column['type'], kept = false): Column => ({ type, kept, of: ({ data }) => data[name] });

/** When an event of this type was told last. */
export const timeOf = ({ type }: EventDefinition): Column => ({ type: 'timestamptz', kept: true, of: (event) => (event.type === type ? event.occurredAt : null) });

/** What a set of events leaves of each key, in the order of ids, so that two sets never wait for each other in a circle. */
function fold(events: readonly Heard[], columns: readonly Column[]): [string, Standing][] {
  const byKey = new Map<string, Standing>();
  for (const event of events) {
    const before = byKey.get(event.key);
    const same = before?.newest.data.state === event.data.state;
    byKey.set(event.key, {
      newest: event,
      since: before && same ? before.since : event.occurredAt,
      moved: before !== undefined && (before.moved || !same),
      values: columns.map((column, i) => column.of(event) ?? (column.kept ? before?.values[i] : null) ?? null),
    });
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
}

function statement(table: string, columns: Columns): string {
  const names = Object.keys(columns);
  const parameters = Object.values(columns).map(({ type }, i) => `$${i + 7}::${type}[]`);
  const told = Object.entries(columns).map(([name, { kept }]) => (kept ? `coalesce(e.${name}, s.${name})` : `e.${name}`));
  return `insert into ${table} (id, version, n, state, since, ${names.join(', ')})
    select e.id, e.version, e.n, e.state, case when e.moved or s.state is distinct from e.state then e.since else s.since end, ${told.join(', ')}
    from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::timestamptz[], $6::bool[], ${parameters.join(', ')})
      as e(id, version, n, state, since, moved, ${names.join(', ')}) left join ${table} s on s.id = e.id order by e.id
    on conflict (id) do update set version = excluded.version, n = excluded.n, state = excluded.state, since = excluded.since,
      ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
    where (${table}.version, ${table}.n) < (excluded.version, excluded.n)`;
}

/**
 * A table of how each aggregate of a topic stands: its newest version, its state, since when it has that, and these columns.
 * It is the same however its events were cut into sets.
 */
export function standing(table: string, definitions: readonly EventDefinition[], columns: Columns): Projection {
  const text = statement(table, columns);
  const list = Object.values(columns);
  const save = async (rows: Rows, events: readonly Heard[]): Promise<void> => {
    const folded = fold(events, list);
    const all = folded.map(([, one]) => one);
    await rows.execute(text, [
      folded.map(([key]) => key), all.map(({ newest }) => newest.version), all.map(({ newest }) => newest.n), all.map(({ newest }) => newest.data.state),
      all.map(({ since }) => since), all.map(({ moved }) => moved), ...list.map((_, i) => all.map(({ values }) => values[i])),
    ]);
  };
  return new Projection(table, fromSets(definitions, (rows, events) => save(rows, events as unknown as readonly Heard[])));
}
