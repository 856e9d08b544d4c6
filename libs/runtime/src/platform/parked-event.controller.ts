import { DomainError, EVENTS } from '@lacollecte/contracts';
import type { Row } from '@lacollecte/database';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../unit-of-work.js';

const showSpec = spec({
  summary: 'A parked event as it came: headers, value, the schema its type has here, and where the value is at fault',
  roles: ['ops', 'admin'],
  /** Ids of what is no event of ours have slashes. */
  query: z.object({ eventId: z.string().min(1).max(200) }),
  returns: z.object({
    topic: z.string(), key: z.string(), eventId: z.string(), type: z.string().nullable(),
    /** Both null where it is held behind an earlier event of its key. */
    reason: z.string().nullable(), error: z.string().nullable(),
    parkedAt: z.iso.datetime(),
    /** Whether it is the first of its key: only that can be discarded. */
    first: z.boolean(),
    held: z.int(),
    headers: z.record(z.string(), z.string()),
    /** As text; JSON in most cases. */
    value: z.string(),
    /** JSON schema; null where this version does not know the type. */
    schema: z.unknown(),
    /** `pointer` (RFC 6901) into the value: what of it is not as the schema says. */
    faults: z.array(z.object({ pointer: z.string(), message: z.string() })),
  }),
});

const SHOW = `
  select e.topic, e.key, e.id as "eventId", e.type, e.reason, e.error, e.parked_at as "parkedAt", e.headers, e.value,
    not exists (select 1 from parked_event b where b.topic = e.topic and b.key = e.key and b.position < e.position) as first,
    (select count(*)::int from parked_event h where h.topic = e.topic and h.key = e.key and h.position > e.position) as held
  from parked_event e where e.id = $1`;

interface Parked extends Row {
  readonly type: string | null;
  readonly headers: Record<string, string>;
  readonly value: Buffer | null;
}

@Controller('parked')
export class ParkedEventController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'event', showSpec)
  async show(@Input() { query }: InputOf<typeof showSpec>) {
    const row = await this.uow.run((tx) => tx.one<Parked>(SHOW, [query.eventId]));
    if (!row) throw new DomainError('parked-event-unknown');
    const value = row.value?.toString() ?? '';
    const definition = row.type === null ? undefined : EVENTS.get(row.type);
    return {
      ...row,
      value,
      headers: Object.fromEntries(Object.entries(row.headers).map(([name, bytes]) => [name, Buffer.from(bytes, 'base64').toString()])),
      schema: definition ? z.toJSONSchema(definition.schema, { io: 'input' }) : null,
      faults: definition ? faultsOf(definition.schema, value) : [],
    };
  }
}

function faultsOf(schema: z.ZodType, value: string): { pointer: string; message: string }[] {
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch (error) {
    return [{ pointer: '', message: (error as Error).message }];
  }
  const { error } = schema.safeParse(data);
  return (error?.issues ?? []).map(({ path, message }) => ({ pointer: path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), message }));
}
