import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ServiceState } from '../service-state.js';
import { UnitOfWork } from '../unit-of-work.js';

/** Of one request: each is a transaction or more, and somebody waits. */
const MOST_KEYS = 200;

const group = z.object({
  reason: z.string().max(100),
  /** Without its version; null where the message had none. */
  type: z.string().max(200).nullable(),
  version: z.string().max(20).nullable(),
});
const listSpec = spec({
  summary: 'Parked events by reason, type and version; `held` wait behind them',
  roles: ['ops', 'admin'],
  returns: z.array(group.extend({ events: z.int(), held: z.int(), oldestAt: z.iso.datetime(), error: z.string() })),
});
const redriveSpec = spec({
  summary: 'Apply parked events again: those of a group, or without a group all (200 keys at once, then go on `after` what is given as `next`)',
  roles: ['ops', 'admin'],
  idempotent: false,
  status: 200,
  body: z.object({ group: group.optional(), after: z.string().regex(/^\d{1,18}$/).optional() }),
  returns: z.object({ keys: z.int(), applied: z.int(), left: z.int(), next: z.string().nullable(), errors: z.array(z.object({ topic: z.string(), key: z.string(), error: z.string() })) }),
});

const TYPE = `regexp_replace(e.type, '\\.v[0-9]+$', '')`;
const VERSION = `substring(e.type from '\\.(v[0-9]+)$')`;
const LIST = `
  select e.reason, ${TYPE} as type, ${VERSION} as version, count(*)::int as events, min(e.parked_at) as "oldestAt", (array_agg(coalesce(e.error, '') order by e.position))[1] as error,
    coalesce(sum((select count(*) from parked_event h where h.topic = e.topic and h.key = e.key and h.reason is null and h.position > e.position)), 0)::int as held
  from parked_event e where e.reason is not null group by 1, 2, 3 order by 5`;
const KEYS = `
  select topic, key, position::text as position from (
    select distinct on (e.topic, e.key) e.topic, e.key, e.position, e.reason, ${TYPE} as type, ${VERSION} as version from parked_event e order by e.topic, e.key, e.position) first
  where (not $1::boolean or (reason = $2 and type is not distinct from $3 and version is not distinct from $4)) and first.position > $5::bigint
  order by first.position limit $6`;

@Controller('parked')
export class ParkedGroupsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly state: ServiceState,
  ) {}

  @Endpoint('GET', 'groups', listSpec)
  list() {
    return this.uow.run((tx) => tx.query(LIST));
  }

  /** Keys one after the other; one that fails again stays, and the others go on. Each is audited. */
  @Endpoint('POST', 'groups/redrive', redriveSpec)
  async redrive(@Input() { actor, body }: InputOf<typeof redriveSpec>) {
    const { reason, type, version } = body.group ?? { reason: null, type: null, version: null };
    const values = [body.group !== undefined, reason, type, version, body.after ?? '0', MOST_KEYS + 1];
    const found = await this.uow.run((tx) => tx.query<{ topic: string; key: string; position: string }>(KEYS, values));
    const keys = found.slice(0, MOST_KEYS);
    const next = found.length > MOST_KEYS ? keys.at(-1)!.position : null;
    const total = { keys: keys.length, applied: 0, left: 0, next, errors: [] as { topic: string; key: string; error: string }[] };
    for (const { topic, key } of keys) {
      const { applied, left, error } = await this.state.parking.redrive(actor, { topic, key });
      total.applied += applied;
      total.left += left;
      if (error !== null) total.errors.push({ topic, key, error });
    }
    return total;
  }
}
