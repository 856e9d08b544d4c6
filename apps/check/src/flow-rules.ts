import { OBSERVERS, SERVICES, type ServiceName, topicsConsumedBy } from '@lacollecte/contracts';
import { result, type RuleResult, type Violation } from './rule.js';
import type { Snapshot } from './snapshot.js';
import { joined, ordered } from './walk.js';

/** An event that its producer has announced and a consumer has not applied yet. */
export interface InFlight {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly from: ServiceName;
  readonly to: ServiceName;
  /** Not published yet; published and not read yet; parked, or held behind a parked one. */
  readonly where: 'unmarked' | 'unread' | 'parked';
  readonly ageSeconds: number;
}

export interface Flow {
  readonly results: readonly RuleResult[];
  readonly inFlight: readonly InFlight[];
  /** Ids of all that an event in flight to who acts on it names: its key, and what its data speaks of. */
  readonly named: ReadonlySet<string>;
}

interface Pair {
  readonly from: ServiceName;
  readonly to: ServiceName;
  readonly topics: readonly string[];
}

type Told = InFlight & { readonly data: string };

const CHUNK = 5_000;
const WHOLE_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const OUTBOX_IDS = `select id::text as id from outbox where id > $1::uuid and topic = any($3) order by id limit $2`;
const INBOX_IDS = `select id from inbox where id collate "C" > $1 and topic = any($3) order by id collate "C" limit $2`;

/** Of an outbox row `o`: it can never be sent, or waits behind one of its key that can never be. */
export const PARKED_BEFORE = `select from outbox_pending m join outbox b on b.position = m.position
  where m.parked_reason is not null and b.topic = o.topic and b.key = o.key and b.position <= o.position`;

/** For each pair of services: the consumer's inbox is part of the producer's outbox; the rest is in flight. */
export async function flowRules(snapshot: Snapshot): Promise<Flow> {
  const results: RuleResult[] = [];
  const inFlight: InFlight[] = [];
  const named = new Set<string>();
  const remember = (key: string, data: string): void => {
    named.add(key);
    for (const [id] of data.matchAll(UUID)) named.add(id.toLowerCase());
  };
  for (const pair of pairs()) {
    const { examined, unheard, unannounced } = await compare(snapshot, pair);
    const { violations, ahead } = await neverAnnounced(snapshot, pair, unannounced);
    results.push(result(`${pair.from} → ${pair.to}`, 'heard-was-announced', "Every event that was heard is in its producer's outbox.", examined, violations));
    // What an observer has not heard changes nothing anywhere.
    const acts = !OBSERVERS.includes(pair.to);
    for (const { key, data } of ahead) if (acts) remember(key, data);
    for (const { data, ...event } of [...(await onTheWay(snapshot, pair, unheard)), ...(await parked(snapshot, pair))]) {
      inFlight.push(event);
      if (acts) remember(event.key, data);
    }
  }
  return { results, inFlight, named };
}

function pairs(): Pair[] {
  return SERVICES.flatMap((to) => {
    const topics = topicsConsumedBy(to);
    return SERVICES.flatMap((from) => {
      const ofPair = topics.filter((topic) => topic.startsWith(`${from}.`));
      return ofPair.length > 0 ? [{ from, to, topics: ofPair }] : [];
    });
  });
}

async function compare(snapshot: Snapshot, { from, to, topics }: Pair): Promise<{ examined: number; unheard: string[]; unannounced: string[] }> {
  const out = { examined: 0, unheard: [] as string[], unannounced: [] as string[] };
  const announced = ordered<{ id: string }>(snapshot, from, OUTBOX_IDS, [topics]);
  const heard = ordered<{ id: string }>(snapshot, to, INBOX_IDS, [topics], '');
  for await (const { id, of } of joined({ announced, heard })) {
    out.examined++;
    if (!of.heard) out.unheard.push(id);
    else if (!of.announced) out.unannounced.push(id);
  }
  return out;
}

/**
 * What the producer's snapshot lacks may have been announced after it was taken: only what is not there now either is
 * wrong. What operations gave up may have come from anywhere.
 */
async function neverAnnounced(snapshot: Snapshot, { from, to }: Pair, ids: readonly string[]): Promise<{ violations: Violation[]; ahead: { key: string; data: string }[] }> {
  if (ids.length === 0) return { violations: [], ahead: [] };
  // A message that came without an id was given one of another kind.
  const there = await snapshot.queryNow<{ id: string }>(from, 'select id::text as id from outbox where id = any($1::uuid[])', [ids.filter((id) => WHOLE_UUID.test(id))]);
  const known = new Set(there.map(({ id }) => id));
  const heard = await snapshot.query<{ id: string; key: string; data: string; discarded: boolean }>(
    to, `select id, key, coalesce(data, '') as data, discarded_at is not null as discarded from inbox where id = any($1::text[])`, [ids],
  );
  return {
    violations: heard.filter(({ id, discarded }) => !known.has(id) && !discarded).map(({ id }) => ({ id, detail: `${to} heard it, and it is not in the outbox of ${from}` })),
    ahead: heard.filter(({ id }) => known.has(id)),
  };
}

async function onTheWay(snapshot: Snapshot, { from, to }: Pair, ids: readonly string[]): Promise<Told[]> {
  const told: Told[] = [];
  for (let i = 0; i < ids.length; i += CHUNK) {
    const rows = await snapshot.query<Told & Record<string, unknown>>(
      from,
      `select id::text as id, type, key, $2 as "from", $3 as "to", extract(epoch from clock_timestamp() - occurred_at)::float8 as "ageSeconds", data,
         case when not exists (select from outbox_pending m where m.position = o.position) then 'unread'
           when exists (${PARKED_BEFORE}) then 'parked'
           else 'unmarked' end as "where"
       from outbox o where id = any($1::uuid[]) order by position`,
      [ids.slice(i, i + CHUNK), from, to],
    );
    told.push(...rows);
  }
  return told;
}

async function parked(snapshot: Snapshot, { from, to, topics }: Pair): Promise<Told[]> {
  return snapshot.query<Told & Record<string, unknown>>(
    to,
    `select p.id, coalesce(p.type, 'without a type') as type, p.key, $2 as "from", $3 as "to", 'parked' as "where",
       extract(epoch from clock_timestamp() - p.parked_at)::float8 as "ageSeconds", coalesce(encode(p.value, 'escape'), '') as data
     from parked_event p where p.topic = any($1) order by p.position`,
    [topics, from, to],
  );
}
