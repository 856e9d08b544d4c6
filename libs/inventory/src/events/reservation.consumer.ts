import { dispatch, type EventData, matching } from '@lacollecte/contracts';
import { type EventContext, handles, type RowLock } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commitReservations } from '../commands/commit-reservations.js';
import { freeReservations } from '../commands/free-reservations.js';
import { holdReservation } from '../commands/hold-reservation.js';
import { reduceReservation } from '../commands/reduce-reservation.js';
import { releaseForAllocation } from '../commands/release-reservation.js';
import { substituteItem } from '../commands/substitute-item.js';
import { cellId } from '../persistence/cell.repository.js';

type Allocation = EventData<typeof matching.AllocationProposed>;
type Freed = EventData<typeof dispatch.ReservationsFreed>;

const reservation = (id: string): RowLock => ['reservation', id];
const ofAllocation = (e: Allocation) => [reservation(e.allocationId)];

/** What matching and dispatch ask of reservations. */
@Controller()
export class ReservationConsumer {
  @EventPattern<string>(matching.AllocationProposed.type, handles<Allocation>({ locks: (e) => [['cell_gate', cellId(e)], ...ofAllocation(e)] }))
  async allocationProposed(@Payload() allocation: Allocation, @Ctx() ctx: EventContext): Promise<void> {
    await holdReservation(ctx.tx, allocation);
  }

  @EventPattern<string>(matching.AllocationRefused.type, handles<Allocation>({ locks: ofAllocation }))
  async allocationRefused(@Payload() allocation: Allocation, @Ctx() ctx: EventContext): Promise<void> {
    await releaseForAllocation(ctx.tx, allocation);
  }

  @EventPattern<string>(matching.AllocationWithdrawn.type, handles<Allocation>({ locks: ofAllocation }))
  async allocationWithdrawn(@Payload() allocation: Allocation, @Ctx() ctx: EventContext): Promise<void> {
    await releaseForAllocation(ctx.tx, allocation);
  }

  @EventPattern<string>(matching.AllocationReduced.type, handles<Allocation>({ locks: ofAllocation }))
  async allocationReduced(@Payload() allocation: Allocation, @Ctx() ctx: EventContext): Promise<void> {
    await reduceReservation(ctx.tx, allocation);
  }

  @EventPattern<string>(
    dispatch.PickingRequested.type,
    handles<EventData<typeof dispatch.PickingRequested>>({ locks: (e) => e.reservationIds.map(reservation) }),
  )
  async pickingRequested(@Payload() request: EventData<typeof dispatch.PickingRequested>, @Ctx() ctx: EventContext): Promise<void> {
    await commitReservations(ctx.tx, request);
  }

  @EventPattern<string>(
    dispatch.SubstitutionRequested.type,
    handles<EventData<typeof dispatch.SubstitutionRequested>>({ locks: (e) => [reservation(e.reservationId), ['stock_item', e.missingItemId]] }),
  )
  async substitutionRequested(@Payload() request: EventData<typeof dispatch.SubstitutionRequested>, @Ctx() ctx: EventContext): Promise<void> {
    await substituteItem(ctx.tx, request);
  }

  @EventPattern<string>(dispatch.ReservationsFreed.type, handles<Freed>({ locks: (e) => e.freed.map((one) => reservation(one.reservationId)) }))
  async reservationsFreed(@Payload() freed: Freed, @Ctx() ctx: EventContext): Promise<void> {
    await freeReservations(ctx.tx, freed);
  }
}
