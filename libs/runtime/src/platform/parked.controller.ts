import { DomainError } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ServiceState } from '../service-state.js';
import { UnitOfWork } from '../unit-of-work.js';

const ParkedView = z.object({
  topic: z.string(),
  key: z.string(),
  eventId: z.string(),
  type: z.string().nullable(),
  reason: z.string(),
  error: z.string(),
  parkedAt: z.iso.datetime(),
  /** Later events of the key that wait behind it. */
  held: z.int(),
});
const key = z.object({ topic: z.string().max(200), key: z.string().max(200) });
const listSpec = spec({ summary: 'Parked events, oldest first (200 at most)', roles: ['ops', 'admin'], returns: z.array(ParkedView) });
const redriveSpec = spec({
  summary: 'Apply the parked events of a key again, in order',
  roles: ['ops', 'admin'],
  idempotent: false,
  status: 200,
  body: key,
  returns: z.object({ applied: z.int(), left: z.int(), error: z.string().nullable() }),
});
const discardSpec = spec({
  summary: 'Give up the first parked event of a key',
  roles: ['ops', 'admin'],
  idempotent: false,
  status: 204,
  body: key.extend({ eventId: z.string().max(200), reason: z.string().trim().min(3).max(500) }),
});

const LIST = `
  select e.topic, e.key, e.id as "eventId", e.type, e.reason, coalesce(e.error, '') as error, e.parked_at as "parkedAt",
    (select count(*)::int from parked_event h where h.topic = e.topic and h.key = e.key and h.position > e.position) as held
  from parked_event e where e.reason is not null order by e.position limit 200`;

@Controller('parked')
export class ParkedController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly state: ServiceState,
  ) {}

  @Endpoint('GET', '', listSpec)
  list() {
    return this.uow.run((tx) => tx.query(LIST));
  }

  @Endpoint('POST', 'redrive', redriveSpec)
  redrive(@Input() input: InputOf<typeof redriveSpec>) {
    return this.state.parking.redrive(input.actor, input.body);
  }

  @Endpoint('POST', 'discard', discardSpec)
  async discard(@Input() input: InputOf<typeof discardSpec>): Promise<void> {
    const { eventId, reason, ...parked } = input.body;
    if (!(await this.state.parking.discard(input.actor, parked, eventId, reason))) throw new DomainError('parked-event-not-first');
  }
}
