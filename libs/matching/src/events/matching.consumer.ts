import { directory, dispatch, type EventData, inventory } from '@lacollecte/contracts';
import { type EventContext, handles } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deliverParcel, freeReservations, shipParcel, takeBackParcel } from '../commands/apply-parcel.js';
import { commitAllocation, expireAllocation, holdAllocation, releaseAllocation, shortenAllocation, withdrawItem } from '../commands/apply-reservation.js';
import { LEDGER_LOCK } from '../persistence/ledger.js';
import { saveItems, saveSite, saveStructure } from '../persistence/projections.js';

type Site = EventData<typeof directory.SiteChanged>;
type Organisation = EventData<typeof directory.OrganisationChanged>;
type Item = EventData<typeof inventory.ItemStocked>;
type Reservation = EventData<typeof inventory.ReservationHeld>;

const site = handles<Site>({ locks: (data) => [['site', data.siteId]] });
const structure = handles<Organisation>({ locks: (data) => [['structure', data.organisationId]] });
const items = handles<Item>({ batch: true, locks: (data) => [['stock_item', data.itemId]] });
const ledger = handles<unknown>({ locks: () => LEDGER_LOCK });

@Controller()
export class MatchingConsumer {
  @EventPattern<string>(directory.SiteRegistered.type, site)
  onSiteRegistered(@Payload() data: Site, @Ctx() { tx, event }: EventContext) {
    return saveSite(tx, event, data);
  }

  @EventPattern<string>(directory.SiteChanged.type, site)
  onSiteChanged(@Payload() data: Site, @Ctx() { tx, event }: EventContext) {
    return saveSite(tx, event, data);
  }

  @EventPattern<string>(directory.OrganisationRegistered.type, structure)
  onOrganisationRegistered(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext) {
    return saveStructure(tx, event, data);
  }

  @EventPattern<string>(directory.OrganisationApproved.type, structure)
  onOrganisationApproved(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext) {
    return saveStructure(tx, event, data);
  }

  @EventPattern<string>(directory.OrganisationDeclined.type, structure)
  onOrganisationDeclined(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext) {
    return saveStructure(tx, event, data);
  }

  @EventPattern<string>(directory.OrganisationChanged.type, structure)
  onOrganisationChanged(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext) {
    return saveStructure(tx, event, data);
  }

  @EventPattern<string>(inventory.ItemStocked.type, items)
  onItemsStocked(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemReserved.type, items)
  onItemsReserved(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemReleased.type, items)
  onItemsReleased(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemPicked.type, items)
  onItemsPicked(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemIssued.type, items)
  onItemsIssued(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemQuarantined.type, items)
  onItemsQuarantined(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemWrittenOff.type, items)
  onItemsWrittenOff(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
  }

  @EventPattern<string>(inventory.ItemSentBack.type, items)
  onItemsSentBack(@Payload() _: Item[], @Ctx() { tx, each }: EventContext) {
    return saveItems(tx, each);
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
