import { typesConsumedBy } from '@lacollecte/contracts';
import { type EventContext, observes, type Projection } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { allocation } from '../projections/allocation.js';
import { device } from '../projections/device.js';
import { deviceWork } from '../projections/device-work.js';
import { item } from '../projections/item.js';
import { lot } from '../projections/lot.js';
import { occurrence } from '../projections/occurrence.js';
import { organisation } from '../projections/organisation.js';
import { reservation } from '../projections/reservation.js';

/** All that this service keeps. */
export const PROJECTIONS: readonly Projection[] = [occurrence, device, deviceWork, item, reservation, allocation, lot, organisation];
const PARTS = PROJECTIONS.map((projection) => ({ projection, types: new Set(projection.types) }));

/** Hears everything and does nothing but keep it, a batch at a time. */
@Controller()
export class EveryEventConsumer {
  @EventPattern<string[]>(typesConsumedBy('traceability'), observes(PROJECTIONS))
  async heard(@Payload() _: unknown[], @Ctx() { tx, each }: EventContext): Promise<void> {
    for (const { projection, types } of PARTS) {
      const told = each.flatMap(({ event }) => (types.has(event.type) ? [event] : []));
      if (told.length > 0) await projection.apply(tx, told);
    }
  }
}
