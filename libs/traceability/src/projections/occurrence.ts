import { EVENTS, namedIn } from '@lacollecte/contracts';
import { fromSets, Journal } from '@lacollecte/messaging';

const APPEND = `insert into occurrence (id, topic, key, version, n, type, at, actor, correlation_id, causation_id, devices, subjects, identifiers)
  select id, topic, key, version, n, type, at, actor, correlation_id, causation_id, devices, subjects::uuid[], identifiers::text[]
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::int[], $12::text[], $13::text[])
    as e(id, topic, key, version, n, type, at, actor, correlation_id, causation_id, devices, subjects, identifiers)
  on conflict (id) do nothing`;

/** Ids, and letters and digits alone: nothing of them needs quotes. */
const arrayOf = (texts: Iterable<string>): string => `{${[...texts].join(',')}}`;

/** Every event of every topic: when, who, what led to it, and all that it names. */
export const occurrence = new Journal(
  'occurrence',
  fromSets([...EVENTS.values()], async (rows, events) => {
    const named = events.map(({ data }) => namedIn(data));
    await rows.execute(APPEND, [
      events.map((e) => e.id), events.map((e) => e.topic), events.map((e) => e.key), events.map((e) => e.version), events.map((e) => e.n),
      events.map((e) => e.type), events.map((e) => e.occurredAt), events.map((e) => e.actor), events.map((e) => e.correlationId), events.map((e) => e.causationId),
      named.map(({ subjects }) => [...subjects.values()].filter((kind) => kind === 'device').length),
      named.map(({ subjects }) => arrayOf(subjects.keys())),
      named.map(({ identifiers }) => (identifiers.size === 0 ? null : arrayOf(identifiers))),
    ]);
  }),
);
