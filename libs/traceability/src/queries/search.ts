import { canonicalLabel, identifierKey, namedIn } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { z } from 'zod';
import type { FoundView } from './views.js';

type Found = z.output<typeof FoundView>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 20;

const EVENT = `select at as "lastAt", type from occurrence where id = $1`;
const NAMING = `select count(*)::int as events, max(at) as "lastAt" from occurrence where subjects @> array[$1::uuid]`;
/** The newest that names it: what it is, the field says. */
const LAST_NAMING = `select i.data from occurrence o join inbox i on i.id = o.id::text where o.subjects @> array[$1::uuid] order by o.at desc limit 1`;
const STORY = `select count(*)::int as events, max(at) as "lastAt" from occurrence where correlation_id = $1`;
/** What carries identifiers is about one device, its key. */
const IDENTIFIED = `select o.key as id, count(*)::int as events, max(o.at) as "lastAt", max(a.label) as label from occurrence o left join arrival a on a.id = o.key
  where o.identifiers @> array[$1::text] group by o.key order by 3 desc limit ${MOST}`;
const LABEL = 'select label from arrival where id = $1';

interface Counted {
  readonly events: number;
  readonly lastAt: Date | null;
}

/** What bears this name: a label however scanned, serial or IMEI as they were received, or any id. The whole of it: parts find nothing. */
export async function search(tx: Tx, q: string): Promise<Found[]> {
  const text = q.trim();
  const found: Found[] = UUID.test(text) ? await byId(tx, text.toLowerCase()) : [];
  const story = await tx.one<Counted>(STORY, [text]);
  if (story?.lastAt) found.push({ kind: 'correlation', id: text, label: null, events: story.events, lastAt: story.lastAt.toISOString() });
  const key = identifierKey(canonicalLabel(text) ?? text);
  if (key !== '') {
    const devices = await tx.query<Counted & { id: string; label: string | null }>(IDENTIFIED, [key]);
    found.push(...devices.map(({ id, label, events, lastAt }) => ({ kind: 'device', id, label, events, lastAt: lastAt!.toISOString() })));
  }
  return found;
}

async function byId(tx: Tx, id: string): Promise<Found[]> {
  const event = await tx.one<{ lastAt: Date }>(EVENT, [id]);
  if (event) return [{ kind: 'event', id, label: null, events: 1, lastAt: event.lastAt.toISOString() }];
  const naming = await tx.one<Counted>(NAMING, [id]);
  if (!naming?.lastAt) return [];
  const last = await tx.one<{ data: string }>(LAST_NAMING, [id]);
  const kind = last ? namedIn(JSON.parse(last.data)).subjects.get(id) : undefined;
  const device = await tx.one<{ label: string }>(LABEL, [id]);
  return [{ kind: kind ?? 'unknown', id, label: device?.label ?? null, events: naming.events, lastAt: naming.lastAt.toISOString() }];
}
