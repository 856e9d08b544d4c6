import { EVENTS } from '@lacollecte/contracts';
import type { Projection, ReceivedEvent, Rows } from '@lacollecte/messaging';
import type { ClientBase, QueryResultRow } from 'pg';

const FETCHED_AT_ONCE = 2_000;

/** What was heard and applied: not what operations gave up, nor what is parked or waits behind it. `$1`: the types. */
const APPLIED = `from public.inbox i where i.type = any($1) and i.version is not null and i.discarded_at is null
  and not exists (select from public.parked_event p where p.id = i.id)`;

/** Applied until then, or ever; a batch is received at one time. */
const EVENTS_OF = `declare told no scroll cursor for
  select i.id, i.type, i.topic, i.key, i.version, i.n, i.occurred_at as "occurredAt",
    i.correlation_id as "correlationId", i.causation_id as "causationId", i.actor, i.data ${APPLIED} and ($2::timestamptz is null or i.received_at <= $2)
  order by i.key, i.version, i.n`;

/** Rows of which something was heard after `$2`. */
export const rowsSince = ({ rowOf }: Projection): string => `select distinct ${rowOf === 'event' ? 'i.id' : 'i.key'} as key ${APPLIED} and i.received_at > $2`;

interface InboxRow extends QueryResultRow, Omit<ReceivedEvent, 'data' | 'traceparent'> {
  readonly data: string;
}

/** An event did to a projection what none may do, or can no longer be read. */
export class NotReplayable extends Error {}

/** Makes the table in the schema, which is the whole search path, and tells it each key's events in their order. Gives how many. */
export async function rebuild(client: ClientBase, schema: string, projection: Projection, until: Date | null): Promise<number> {
  await client.query(`create table ${schema}.${projection.table} (like public.${projection.table} including all)`);
  await client.query(EVENTS_OF, [projection.types, until]);
  const rows = rowsOf(client);
  let told = 0;
  for (;;) {
    const { rows: page } = await client.query<InboxRow>(`fetch ${FETCHED_AT_ONCE} from told`);
    if (page.length === 0) break;
    await tell(projection, rows, page.map(toEvent));
    told += page.length;
  }
  await client.query('close told');
  return told;
}

async function tell(projection: Projection, rows: Rows, events: readonly ReceivedEvent[]): Promise<void> {
  try {
    await projection.apply(rows, events);
  } catch (error) {
    const [first, last] = [events[0]!, events.at(-1)!];
    throw new NotReplayable(`${projection.table}, at an event from ${first.id} to ${last.id} of ${events[0]!.topic}: ${(error as Error).message}`, { cause: error });
  }
}

/** As the consumer checks it. What it is traced by is not kept, and no part of what it tells. */
function toEvent({ data, ...row }: InboxRow): ReceivedEvent {
  const parsed = EVENTS.get(row.type)!.schema.safeParse(JSON.parse(data));
  if (!parsed.success) throw new NotReplayable(`event ${row.id} (${row.type}) does not fit the contract: ${parsed.error.message}`);
  return { ...row, traceparent: null, data: parsed.data };
}

function rowsOf(client: ClientBase): Rows {
  const query = async <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => (await client.query(text, [...values])).rows as R[];
  return {
    query,
    one: async <R extends object>(text: string, values?: readonly unknown[]) => (await query<R>(text, values))[0],
    execute: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
  };
}
