import { isDeepStrictEqual } from 'node:util';
import type { Projection } from '@lacollecte/messaging';
import type { AggregateTable } from '@lacollecte/runtime';
import type { ClientBase } from 'pg';
import { rowsSince } from './rebuild.js';

/** `missing`: the events tell of it and it is not there. `extra`: it is there and no event tells of it. */
type Verdict = 'different' | 'missing' | 'extra';

export interface Difference {
  readonly key: string;
  readonly verdict: Verdict;
  /** Of a different row. */
  readonly columns: readonly string[];
}

/** What became of one table. Live rows: equal + different + extra + later. */
export interface Comparison extends Readonly<Record<Verdict, number>> {
  readonly equal: number;
  /** Something was heard of it after the date: not compared. */
  readonly later: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
}

/** Most rows named of a table. */
const SHOWN = 5;

const NO_KEYS = 'select null::text as key where $1::text[] is null and $2::timestamptz is null and false';

/** Every column of every row by hash, the live table against the one that was made of the events. */
export async function compareProjection(client: ClientBase, schema: string, projection: Projection, until: Date | null): Promise<Comparison> {
  const { table, types } = projection;
  const verdicts = `select coalesce(l.id, r.id)::text as key, case when later.key is not null then 'later' when l.id is null then 'missing' when r.id is null then 'extra'
      when sha256(convert_to(l::text, 'UTF8')) = sha256(convert_to(r::text, 'UTF8')) then 'equal' else 'different' end as verdict
    from public.${table} l full join ${schema}.${table} r on r.id = l.id
    left join (${until ? rowsSince(projection) : NO_KEYS}) later on later.key = coalesce(l.id, r.id)::text`;
  const columns = `select l.id::text as key, to_jsonb(l) as live, to_jsonb(r) as told from public.${table} l join ${schema}.${table} r on r.id = l.id where l.id = any($1::uuid[])`;
  return compare(client, verdicts, [types, until], columns);
}

/** Version and state of every row against those of its newest event. */
export async function compareAggregate(client: ClientBase, { table, topic }: AggregateTable): Promise<Comparison> {
  const newest = `select distinct on (key) key, version, data::jsonb ->> 'state' as state from public.outbox where topic = $1 order by key, version desc, n desc`;
  const verdicts = `select coalesce(l.id::text, r.key) as key, case when l.id is null then 'missing' when r.key is null then 'extra'
      when (l.version, l.state) = (r.version, r.state) then 'equal' else 'different' end as verdict
    from public.${table} l full join (${newest}) r on r.key = l.id::text`;
  const columns = `select l.id::text as key, jsonb_build_object('version', l.version, 'state', l.state) as live, jsonb_build_object('version', o.version, 'state', o.data::jsonb -> 'state') as told
    from public.${table} l cross join lateral (select version, data from public.outbox where topic = '${topic}' and key = l.id::text order by version desc, n desc limit 1) o
    where l.id = any($1::uuid[])`;
  return compare(client, verdicts, [topic], columns);
}

interface Counted {
  readonly verdict: Verdict | 'equal' | 'later';
  readonly n: number;
  readonly keys: readonly string[] | null;
}
interface Both {
  readonly key: string;
  readonly live: Record<string, unknown>;
  readonly told: Record<string, unknown>;
}

async function compare(client: ClientBase, verdicts: string, values: unknown[], columns: string): Promise<Comparison> {
  const { rows } = await client.query<Counted>(
    `select verdict, count(*)::int as n, (array_agg(key order by key) filter (where verdict not in ('equal', 'later')))[1:${SHOWN}] as keys from (${verdicts}) v group by verdict`,
    values,
  );
  const count = (verdict: Counted['verdict']): number => rows.find((row) => row.verdict === verdict)?.n ?? 0;
  const named = (verdict: Verdict): readonly string[] => rows.find((row) => row.verdict === verdict)?.keys ?? [];
  const { rows: both } = await client.query<Both>(columns, [named('different')]);
  const differing = new Map(both.map(({ key, live, told }) => [key, Object.keys(live).filter((name) => !isDeepStrictEqual(live[name], told[name]))]));
  const differences = (['different', 'missing', 'extra'] as const).flatMap((verdict) => named(verdict).map((key) => ({ key, verdict, columns: differing.get(key) ?? [] })));
  return { equal: count('equal'), later: count('later'), different: count('different'), missing: count('missing'), extra: count('extra'), differences };
}
