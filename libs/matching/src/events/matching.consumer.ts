import { directory, dispatch, type EventData, inventory } from '@lacollecte/contracts';
import { type EventContext, handles, projects } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deliverParcel, freeReservations, shipParcel, takeBackParcel } from '../commands/apply-parcel.js';
import { commitAllocation, expireAllocation, holdAllocation, releaseAllocation, shortenAllocation, withdrawItem } from '../commands/apply-reservation.js';
import { LEDGER_LOCK } from '../persistence/ledger.js';
import { site } from '../projections/site.js';
import { stockItem } from '../projections/stock-item.js';
import { structure } from '../projections/structure.js';

type Site = EventData<typeof directory.SiteChanged>;
type Organisation = EventData<typeof directory.OrganisationChanged>;
type Item = EventData<typeof inventory.ItemStocked>;
type Reservation = EventData<typeof inventory.ReservationHeld>;

const ofSite = projects<Site>(site, { locks: (data) => [['site', data.siteId]] });
const ofStructure = projects<Organisation>(structure, { locks: (data) => [['structure', data.organisationId]] });
const ofItem = projects<Item>(stockItem, { batch: true, locks: (data) => [['stock_item', data.itemId]] });
const ledger = handles<unknown>({ locks: () => LEDGER_LOCK });

@Controller()
export class MatchingConsumer {
  @EventPattern<string>(directory.SiteRegistered.type, ofSite)
  onSiteRegistered(@Payload() _: Site, @Ctx() { tx, event }: EventContext) {
    return site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.SiteChanged.type, ofSite)
  onSiteChanged(@Payload() _: Site, @Ctx() { tx, event }: EventContext) {
    return site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationRegistered.type, ofStructure)
  onOrganisationRegistered(@Payload() _: Organisation, @Ctx() { tx, event }: EventContext) {
    return structure.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationApproved.type, ofStructure)
  onOrganisationApproved(@Payload() _: Organisation, @Ctx() { tx, event }: EventContext) {
    return structure.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationDeclined.type, ofStructure)
  onOrganisationDeclined(@Payload() _: Organisation, @Ctx() { tx, event }: EventContext) {
    return structure.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationChanged.type, ofStructure)
  onOrganisationChanged(@Payload() _: Organisation, @Ctx() { tx, event }: EventContext) {
    return structure.apply(tx, [event]);
  }

  @EventPattern<string>(inventory.ItemStocked.type, ofItem)
  onItemsStocked(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemReserved.type, ofItem)
  onItemsReserved(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemReleased.type, ofItem)
  onItemsReleased(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemPicked.type, ofItem)
  onItemsPicked(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemIssued.type, ofItem)
  onItemsIssued(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemQuarantined.type, ofItem)
  onItemsQuarantined(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemWrittenOff.type, ofItem)
  onItemsWrittenOff(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ItemSentBack.type, ofItem)
  onItemsSentBack(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return stockItem.apply(tx, each.map(({ event }) => event));
  }

  @EventPattern<string>(inventory.ReservationHeld.type, ledger)
  onReservationHeld(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return holdAllocation(tx, data);
  }

  @EventPattern<string>(inventory.ReservationRefused.type, ledger)
  onReservationRefused(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return shortenAllocation(tx, data);
  }

  @EventPattern<string>(inventory.ReservationReleased.type, ledger)
  onReservationReleased(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return releaseAllocation(tx, data);
  }

  @EventPattern<string>(inventory.ReservationExpired.type, ledger)
  onReservationExpired(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return expireAllocation(tx, data);
  }

  @EventPattern<string>(inventory.ReservationCommitted.type, ledger)
  onReservationCommitted(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return commitAllocation(tx, data);
  }

  @EventPattern<string>(inventory.ReservationItemWithdrawn.type, ledger)
  onReservationItemWithdrawn(@Payload() data: Reservation, @Ctx() { tx }: EventContext) {
    return withdrawItem(tx, data);
  }

  @EventPattern<string>(dispatch.ParcelHandedOver.type, ledger)
  onParcelHandedOver(@Payload() data: EventData<typeof dispatch.ParcelHandedOver>, @Ctx() { tx }: EventContext) {
    return shipParcel(tx, data);
  }

  @EventPattern<string>(dispatch.ParcelDelivered.type, ledger)
  onParcelDelivered(@Payload() data: EventData<typeof dispatch.ParcelDelivered>, @Ctx() { tx }: EventContext) {
    return deliverParcel(tx, data);
  }

  @EventPattern<string>(dispatch.ParcelReturned.type, ledger)
  onParcelReturned(@Payload() data: EventData<typeof dispatch.ParcelReturned>, @Ctx() { tx }: EventContext) {
    return takeBackParcel(tx, data);
  }

  @EventPattern<string>(dispatch.ReservationsFreed.type, ledger)
  onReservationsFreed(@Payload() data: EventData<typeof dispatch.ReservationsFreed>, @Ctx() { tx }: EventContext) {
    return freeReservations(tx, data);
  }
}
