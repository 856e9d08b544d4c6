import { dispatch, type EventData } from '@lacollecte/contracts';
import { type Happened, happened } from './shipment.js';

export type Freed = EventData<typeof dispatch.ReservationsFreed>['freed'][number];

/** 500 items of 85 bytes and 100 reservations of 100 bytes stay below the 64 KB of an event. */
const ITEMS_PER_EVENT = 500;
const RESERVATIONS_PER_EVENT = 100;

/** `ReservationsFreed` for these reservations, in as many events as their size asks for; none where there is nothing to say. */
export function freeing(freed: readonly Freed[]): Happened[] {
  const events: Happened[] = [];
  let batch: Freed[] = [];
  let items = 0;
  const flush = () => {
    if (batch.length > 0) events.push(happened(dispatch.ReservationsFreed, { freed: batch }));
    batch = [];
    items = 0;
  };
  for (const one of freed) {
    const size = one.items?.length ?? 0;
    if (items + size > ITEMS_PER_EVENT || batch.length === RESERVATIONS_PER_EVENT) flush();
    batch.push(one);
    items += size;
  }
  flush();
  return events;
}
