import { EVENTS, SERVICES, type ServiceName, topicsConsumedBy, typesConsumedBy } from '@lacollecte/contracts';
import { result, type RuleResult, type Violation } from './rule.js';
import type { Snapshot } from './snapshot.js';

/** An event that its producer has announced and a consumer has not applied yet. */
export interface InFlight {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly from: ServiceName;
  readonly to: ServiceName;
  /** Not published yet; published and not read yet; read and parked, or held behind a parked one. */
  readonly where: 'unmarked' | 'unread' | 'parked';
  readonly ageSeconds: number;
  readonly data: string;
}

const PAGE = 20_000;

/** Ids in order, page by page. */
async function* ids(snapshot: Snapshot, service: ServiceName, text: string, values: readonly unknown[]): AsyncGenerator<string> {
  for (let last = ''; ; ) {
    const rows = await snapshot.query<{ id: string }>(service, text, [last, PAGE, ...values]);
    for (const row of rows) yield row.id;
    if (rows.length < PAGE) return;
    last = rows.at(-1)!.id;
  }
}

/** Walks two ordered sequences of ids at once; gives what only one of them has. */
async function difference(left: AsyncGenerator<string>, right: AsyncGenerator<string>): Promise<{ onlyLeft: string[]; onlyRight: string[]; both: number }> {
  const out = { onlyLeft: [] as string[], onlyRight: [] as string[], both: 0 };
  let [l, r] = [await left.next(), await right.next()];
  while (!l.done || !r.done) {
    if (r.done || (!l.done && l.value < r.value)) {
      out.onlyLeft.push(l.value as string);
      l = await left.next();
    } else if (l.done || r.value < l.value) {
      out.onlyRight.push(r.value);
      r = await right.next();
    } else {
      out.both++;
      [l, r] = [await left.next(), await right.next()];
    }
  }
  return out;
}

const OUTBOX_IDS = `select id::text as id from outbox where id::text collate "C" > $1 and type = any($3) order by id::text collate "C" limit $2`;
const INBOX_IDS = `select id from inbox where id collate "C" > $1 and type = any($3) order by id collate "C" limit $2`;

/** For each pair of services: the consumer's inbox is part of the producer's outbox; the rest is in flight. */
export async function flowRules(snapshot: Snapshot): Promise<{ results: RuleResult[]; inFlight: InFlight[] }> {
  const results: RuleResult[] = [];
  const inFlight: InFlight[] = [];
  for (const to of SERVICES) {
    for (const from of new Set(topicsConsumedBy(to).map((topic) => topic.split('.')[0] as ServiceName))) {
      const types = typesConsumedBy(to).filter((type) => EVENTS.get(type)!.topic.startsWith(`${from}.`));
      const { onlyLeft, onlyRight, both } = await difference(ids(snapshot, from, OUTBOX_IDS, [types]), ids(snapshot, to, INBOX_IDS, [types]));
      const violations = await neverAnnounced(snapshot, from, onlyRight);
      results.push(result(`${from} → ${to}`, 'heard-was-announced', "Every event that was heard is in its producer's outbox.", both + onlyLeft.length + onlyRight.length, violations));
      inFlight.push(...(await onTheWay(snapshot, from, to, onlyLeft)), ...(await parked(snapshot, from, to)));
    }
  }
  return { results, inFlight };
}

/** What the producer's snapshot lacks may have been announced after it was taken: only what is not there now either is wrong. */
async function neverAnnounced(snapshot: Snapshot, from: ServiceName, missing: readonly string[]): Promise<Violation[]> {
  if (missing.length === 0) return [];
  const rows = await snapshot.queryNow<{ id: string }>(from, 'select id from unnest($1::text[]) as id where not exists (select from outbox o where o.id::text = id)', [missing]);
  return rows.map(({ id }) => ({ id, detail: `heard, but not in the outbox of ${from}` }));
}

async function onTheWay(snapshot: Snapshot, from: ServiceName, to: ServiceName, missing: readonly string[]): Promise<InFlight[]> {
  return snapshot.query<InFlight & Record<string, unknown>>(
    from,
    `select id::text as id, type, key, $2 as "from", $3 as "to", case when parked_reason is not null then 'parked' when published_at is null then 'unmarked' else 'unread' end as "where",
       extract(epoch from now() - occurred_at)::float8 as "ageSeconds", data
     from outbox where id = any($1::uuid[]) order by position`,
    [missing, from, to],
  );
}

async function parked(snapshot: Snapshot, from: ServiceName, to: ServiceName): Promise<InFlight[]> {
  return snapshot.query<InFlight & Record<string, unknown>>(
    to,
    `select p.id, coalesce(p.type, '') as type, p.key, $2 as "from", $3 as "to", 'parked' as "where",
       extract(epoch from now() - p.parked_at)::float8 as "ageSeconds", coalesce(encode(p.value, 'escape'), '') as data
     from parked_event p where p.topic like $1 order by p.position`,
    [`${from}.%`, from, to],
  );
}
