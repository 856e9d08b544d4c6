import { typesConsumedBy } from '@lacollecte/contracts';
import { type EventContext, projects } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { PROJECTIONS } from '../projections/all.js';

/** Hears everything and decides nothing: whatever of a topic follows upon another comes in one batch. */
@Controller()
export class TraceabilityConsumer {
  @EventPattern<string[]>(typesConsumedBy('traceability'), projects(PROJECTIONS, { batch: true }))
  async heard(@Payload() _: unknown, @Ctx() { tx, each }: EventContext): Promise<void> {
    const events = each.map(({ event }) => event);
    for (const projection of PROJECTIONS) {
      const told = events.filter(({ type }) => projection.types.includes(type));
      if (told.length > 0) await projection.apply(tx, told);
    }
  }
}
