import { directory, type EventData, inventory, matching, refurbishment } from '@lacollecte/contracts';
import { type EventContext, handles, projects } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commitLine } from '../commands/commit-line.js';
import { dropLine } from '../commands/drop-line.js';
import { planAllocation, slotId } from '../commands/plan-allocation.js';
import { recallDevice } from '../commands/recall-device.js';
import { substituteItem } from '../commands/substitute-item.js';
import { withdrawItem } from '../commands/withdraw-item.js';
import { device } from '../projections/device.js';
import { site } from '../projections/site.js';

type Site = EventData<typeof directory.SiteChanged>;
type Allocation = EventData<typeof matching.AllocationAccepted>;
type Reservation = EventData<typeof inventory.ReservationReleased>;
type Committed = EventData<typeof inventory.ReservationCommitted>;
type Substituted = EventData<typeof inventory.ReservationSubstituted>;
type Withdrawn = EventData<typeof inventory.ReservationItemWithdrawn>;
type Recalled = EventData<typeof refurbishment.DeviceRecalled>;

const ofSite = projects<Site>(site, { locks: (e) => [['site', e.siteId]] });
const ofAllocation = handles<Allocation>({ locks: (e) => [['allocation_mark', e.allocationId]] });
const ofReservation = handles<Reservation>({ locks: (e) => [['allocation_mark', e.reservationId]] });

/** What dispatch hears. All but the answers to its own requests are facts: none of them is refused. */
@Controller()
export class DispatchConsumer {
  @EventPattern<string>(directory.SiteRegistered.type, ofSite)
  siteRegistered(@Payload() _: Site, @Ctx() { tx, event }: EventContext) {
    return site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.SiteChanged.type, ofSite)
  siteChanged(@Payload() _: Site, @Ctx() { tx, event }: EventContext) {
    return site.apply(tx, [event]);
  }

  @EventPattern<string>(refurbishment.DeviceReady.type, projects<{ deviceId: string }>(device, { locks: (e) => [['device', e.deviceId]] }))
  ready(@Payload() _: unknown, @Ctx() { tx, event }: EventContext) {
    return device.apply(tx, [event]);
  }

  /** Marked first, whether it is known here or not. */
  @EventPattern<string>(refurbishment.DeviceRecalled.type, projects<Recalled>(device, { locks: (e) => [['device', e.deviceId], ['device_gate', e.deviceId]] }))
  async recalled(@Payload() recall: Recalled, @Ctx() { tx, event }: EventContext) {
    await device.apply(tx, [event]);
    await recallDevice(tx, recall);
  }

  @EventPattern<string>(matching.AllocationAccepted.type, handles<Allocation>({ locks: (e) => [['allocation_mark', e.allocationId], ['shipping_slot', slotId(e)]] }))
  accepted(@Payload() allocation: Allocation, @Ctx() { tx }: EventContext) {
    return planAllocation(tx, allocation);
  }

  @EventPattern<string>(matching.AllocationRefused.type, ofAllocation)
  refused(@Payload() { allocationId }: Allocation, @Ctx() { tx }: EventContext) {
    return dropLine(tx, { allocationId, reason: 'refused', free: true });
  }

  @EventPattern<string>(matching.AllocationWithdrawn.type, ofAllocation)
  withdrawn(@Payload() { allocationId }: Allocation, @Ctx() { tx }: EventContext) {
    return dropLine(tx, { allocationId, reason: 'withdrawn', free: true });
  }

  @EventPattern<string>(inventory.ReservationReleased.type, ofReservation)
  released(@Payload() { reservationId }: Reservation, @Ctx() { tx }: EventContext) {
    return dropLine(tx, { allocationId: reservationId, reason: 'released', free: false });
  }

  @EventPattern<string>(inventory.ReservationExpired.type, ofReservation)
  expired(@Payload() { reservationId }: Reservation, @Ctx() { tx }: EventContext) {
    return dropLine(tx, { allocationId: reservationId, reason: 'expired', free: false });
  }

  @EventPattern<string>(inventory.ReservationCommitRefused.type, ofReservation)
  commitRefused(@Payload() { reservationId }: Reservation, @Ctx() { tx }: EventContext) {
    return dropLine(tx, { allocationId: reservationId, reason: 'not-committed', free: false });
  }

  @EventPattern<string>(inventory.ReservationCommitted.type, handles<Committed>({ locks: (e) => e.itemIds.map((id) => ['device_gate', id] as const) }))
  committed(@Payload() reservation: Committed, @Ctx() { tx }: EventContext) {
    return commitLine(tx, reservation);
  }

  @EventPattern<string>(
    inventory.ReservationSubstituted.type,
    handles<Substituted>({ locks: (e) => (e.replacementItemId ? [['device_gate', e.replacementItemId] as const] : []) }),
  )
  substituted(@Payload() answer: Substituted, @Ctx() { tx }: EventContext) {
    return substituteItem(tx, answer);
  }

  @EventPattern<string>(inventory.ReservationItemWithdrawn.type, handles<Withdrawn>({ locks: (e) => [['allocation_mark', e.reservationId], ['device_gate', e.itemId]] }))
  itemWithdrawn(@Payload() event: Withdrawn, @Ctx() { tx }: EventContext) {
    return withdrawItem(tx, event);
  }
}
