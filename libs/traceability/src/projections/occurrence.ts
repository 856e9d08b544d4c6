import { EVENTS } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { subjectsOf } from './subjects.js';

/** Everything that was ever announced, a row an event: what, when, by whom, led to by what, and what it is about. Its data is in the inbox. */
export const occurrence = Projection.ofEach('occurrence', [...EVENTS.values()], async (rows, events) => {
  await rows.execute(
    `insert into occurrence (id, topic, key, version, n, type, at, actor, correlation_id, causation_id, subjects)
     select id, topic, key, version, n, type, at, actor, correlation_id, causation_id, subjects::uuid[]
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[])
       as e(id, topic, key, version, n, type, at, actor, correlation_id, causation_id, subjects)
     on conflict (id) do nothing`,
    [
      events.map((e) => e.id), events.map((e) => e.topic), events.map((e) => e.key), events.map((e) => e.version), events.map((e) => e.n), events.map((e) => e.type),
      events.map((e) => e.occurredAt), events.map((e) => e.actor), events.map((e) => e.correlationId), events.map((e) => e.causationId),
      events.map((e) => `{${subjectsOf(e).join(',')}}`),
    ],
  );
});
